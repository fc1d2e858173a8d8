import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { containerSpec } from './docker.ts'
import type { ServerSource } from './find-servers.ts'
import type { OwnServer, ServerPlace } from './own-server.ts'
import type { ProcessSpec } from './supervised-process.ts'

/** Writes a server's configuration into its folder and says how to run it. */
export function serverSpec(server: OwnServer, source: ServerSource, place: ServerPlace): ProcessSpec {
  const { folder } = place
  mkdirSync(folder, { recursive: true })
  const configFile = join(folder, `${server.program}.conf`)
  if (source.kind === 'image') {
    // Inside a container it must hear from outside; who outside may call is decided where the port is published.
    writeFileSync(configFile, server.config({ ...place, host: '0.0.0.0' }, source.version))
    return containerSpec(source.docker, server, place, configFile)
  }
  writeFileSync(configFile, server.config(place, source.version))
  const { path: command } = source
  const spec = { name: server.program, command, args: server.args(configFile), cwd: folder, env: process.env }
  return server.niceness === undefined ? spec : { ...spec, niceness: server.niceness }
}
