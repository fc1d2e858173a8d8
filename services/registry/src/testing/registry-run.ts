import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bus, connectBus, openBucket, retrying } from '@lifeline/bus'
import { type LogRecord, streams } from '@lifeline/contracts'
import {
  type ServerProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
  tempFolder,
} from '@lifeline/test-support'
import type { Credentials } from '../seed/credentials-file.ts'
import { openRegistryDatabase } from './registry-database.ts'

/** A real registry in a process of its own, not started yet, and the NATS server it talks to. */
export interface RegistryRun {
  readonly url: string
  readonly process: ServerProcess
  readonly nats: TestServer
  readonly bus: Bus
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  /** Ends both and removes their data. */
  remove(): Promise<void>
}

export interface RunOptions {
  /** A PostgreSQL server instead of the embedded one. */
  readonly databaseUrl?: string
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>
}

export async function registryRun({ databaseUrl, env: more = {} }: RunOptions = {}): Promise<RegistryRun> {
  const [nats, folder] = [await startNatsServer(), await tempFolder()]
  const dataDir = folder.path
  // Making the embedded database takes most of a first start; here it may take its time.
  if (databaseUrl === undefined) {
    const { close } = await openRegistryDatabase(join(dataDir, 'registry'))
    await close()
  }
  const env = {
    NATS_URL: nats.url,
    DATA_DIR: dataDir,
    SESSION_SECRET: 'a secret of the test, longer than 32 characters',
    SEED: 'demo',
    LOG_LEVEL: 'warn',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...more,
  }
  const { url, process } = await serviceProcess('registry', env)
  const bus = await connectBus(nats.url, 'test', () => undefined)
  const remove = async (): Promise<void> => {
    await process.stop('SIGKILL')
    await bus.connection.close()
    await nats.remove()
    await folder.remove()
  }
  return { url, process, nats, bus, dataDir, env, remove }
}

/** What the first start wrote down. */
export async function credentialsOf({ dataDir }: RegistryRun): Promise<Credentials> {
  return JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as Credentials
}

/** What stands in a bucket, by key. Waits for a server that is coming back. */
export const bucketOf = <T>(run: RegistryRun, name: string): Promise<Map<string, T>> =>
  retrying(() => readBucket<T>(run, name))

async function readBucket<T>({ bus }: RegistryRun, name: string): Promise<Map<string, T>> {
  const values = new Map<string, T>()
  for await (const { key, operation, value } of await (await openBucket(bus, name)).history()) {
    if (operation === 'PUT') values.set(key, JSON.parse(new TextDecoder().decode(value)) as T)
  }
  return values
}

export interface Logged {
  readonly partition: number
  readonly record: LogRecord
}

/** All records of the log, in order. Waits for a server that is coming back. */
export const logOf = (run: RegistryRun): Promise<Logged[]> => retrying(() => readWholeLog(run))

async function readWholeLog({ bus }: RegistryRun): Promise<Logged[]> {
  const manager = await bus.connection.jetstreamManager()
  const { state } = await manager.streams.info(streams.telemetry)
  const logged: Logged[] = []
  for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq++) {
    const { subject, data } = await manager.streams.getMessage(streams.telemetry, { seq })
    const records = JSON.parse(new TextDecoder().decode(data)) as LogRecord[]
    logged.push(...records.map((record) => ({ partition: Number(subject.split('.')[1]), record })))
  }
  return logged
}
