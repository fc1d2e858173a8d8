import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'nats'

/** Something that the product left behind: where, and its bytes read as text. */
export interface Trace {
  readonly where: string
  readonly text: string
}

/** All that the services, NATS and InfluxDB have written into their logs. */
export const logs = (dataDir: string): Promise<Trace[]> => files(join(dataDir, 'logs'))

/** The files of a folder and of those in it. */
export async function files(folder: string): Promise<Trace[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(paths.map(async (path) => ({ where: path, text: (await readFile(path)).toString() })))
}

/** Every message of every stream, of buckets too, and what is written in base64 in them. */
export async function messages(natsUrl: string): Promise<Trace[]> {
  const connection = await connect({ servers: natsUrl })
  try {
    const manager = await connection.jetstreamManager()
    const traces: Trace[] = []
    for await (const { config, state } of manager.streams.list()) {
      if (state.messages === 0) continue
      const consumer = await connection.jetstream().consumers.get(config.name)
      for await (const message of await consumer.consume()) {
        const where = `${config.name} ${message.subject}`
        traces.push({ where, text: `${message.subject} ${message.string()}` })
        traces.push(...payloadOf(message.string()).map((text) => ({ where: `${where} payload`, text })))
        if (message.seq >= state.last_seq) break
      }
    }
    return traces
  } finally {
    await connection.close()
  }
}

function payloadOf(text: string): string[] {
  if (!text.startsWith('{"source"')) return []
  const { payload = '' } = JSON.parse(text) as { payload?: string }
  return [Buffer.from(payload, 'base64').toString(), Buffer.from(payload, 'base64').toString('latin1')]
}

/** All points of all measurements, all tags and fields. */
export async function points(influxUrl: string): Promise<Trace> {
  const queries = ['SELECT * FROM /.*/', 'SHOW SERIES', 'SHOW FIELD KEYS']
  const ask = async (q: string): Promise<string> =>
    (await fetch(`${influxUrl}/query?${new URLSearchParams({ db: 'lifeline', q })}`)).text()
  return { where: 'InfluxDB', text: (await Promise.all(queries.map(ask))).join('\n') }
}
