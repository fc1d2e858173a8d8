import { setTimeout } from 'node:timers/promises'
import { type InfluxConnection, InfluxError } from '@lifeline/history'

const intervalMs = 2_000

/** Tells every two seconds, until `signal` aborts, why InfluxDB is out of reach, or undefined. */
export async function watchInflux(
  connection: InfluxConnection,
  report: (reason: string | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      report(await trouble(connection, signal))
      await setTimeout(intervalMs, undefined, { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function trouble(connection: InfluxConnection, signal: AbortSignal): Promise<string | undefined> {
  try {
    await connection.open(signal)
    return undefined
  } catch (error) {
    if (error instanceof InfluxError) return error.message
    throw error
  }
}
