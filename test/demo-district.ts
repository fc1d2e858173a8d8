import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type InstanceCounts, type Launched, type LaunchOptions, launch } from '@lifeline/deploy'
import { ApiClient, tempFolder } from '@lifeline/test-support'

export interface Credentials {
  readonly users: readonly { readonly name: string; readonly password: string; readonly role: string }[]
  readonly devices: readonly {
    readonly deviceId: string
    readonly kind: string
    readonly username: string
    readonly password: string
  }[]
}

/** The whole product on free ports and an empty folder, with the demo district and without simulators. */
export interface DemoDistrict {
  readonly launched: Launched
  /** Where everything is kept. */
  readonly dataDir: string
  readonly credentials: Credentials
  /** The console's and the API's address. */
  readonly url: string
  readonly mqttUrl: string
  /** The API with a user of the role signed in. */
  api(role: string): Promise<ApiClient>
  /** Ends everything and removes the folder. */
  remove(): Promise<void>
}

export async function startDemoDistrict(
  options: {
    readonly buildConsole?: boolean
    /** Further variables of the services. */
    readonly env?: Readonly<Record<string, string>>
    /** How many of a service run; one where nothing is said. */
    readonly instances?: InstanceCounts
  } & Pick<LaunchOptions, 'natsUrl' | 'influxUrl'> = {},
): Promise<DemoDistrict> {
  const folder = await tempFolder()
  const { buildConsole = false, env = {}, instances = {}, ...servers } = options
  const launched = await launch({
    dataDir: folder.path,
    buildConsole,
    env: { LOG_LEVEL: 'warn', ...env },
    instances,
    ...servers,
  })
  const credentials = JSON.parse(await readFile(join(folder.path, 'credentials.json'), 'utf8')) as Credentials
  const url = `http://127.0.0.1:${launched.ports.http}`
  return {
    launched,
    dataDir: folder.path,
    credentials,
    url,
    mqttUrl: `mqtt://127.0.0.1:${launched.ports.mqtt}`,
    api: async (role) => {
      const user = credentials.users.find((candidate) => candidate.role === role)
      if (user === undefined) throw new Error(`the demo district has no ${role}`)
      const client = new ApiClient(url)
      await client.signIn(user.name, user.password)
      return client
    },
    remove: async () => {
      await launched.stop()
      await folder.remove()
    },
  }
}
