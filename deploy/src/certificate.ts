import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openAuthority } from './certificate-authority.ts'
import { projectRoot } from './project-root.ts'
import { certificatesFolder, ownHosts, renewServerCertificate } from './server-certificate.ts'

const usage = `Certificates of the broker and of devices, signed by the authority in $DATA_DIR/certificates,
which is made where there is none.

  pnpm certificate device ID [--days 825]   for a device or a site gateway of the registry: ID.pem and ID.key
  pnpm certificate server [HOST …]          the broker's anew, for the hosts that clients reach it by
`

/** Does what the command line asks for. Returns the exit code. */
async function run(args: readonly string[], dataDir: string): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { days: { type: 'string', default: '825' } },
  })
  const [what, ...names] = positionals
  const folder = certificatesFolder(dataDir)
  const days = Number(values.days)
  const [id = ''] = names
  if (what === 'server') {
    const { certificate } = await renewServerCertificate(folder, names.length > 0 ? names : ownHosts('127.0.0.1'))
    process.stdout.write(`${certificate}\n`)
  } else if (what === 'device' && names.length === 1 && /^[A-Za-z0-9_-]{1,64}$/.test(id) && days > 0) {
    if (['ca', 'server'].includes(id)) throw new Error(`${id} is no device`)
    const { certificate, key } = await (await openAuthority(folder)).issue(id, { commonName: id, days })
    process.stdout.write(`${certificate}\n${key}\n`)
  } else {
    process.stderr.write(usage)
    return 1
  }
  return 0
}

process.exitCode = await run(process.argv.slice(2), resolve(process.env.DATA_DIR || `${projectRoot}/.data`))
