import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { z } from 'zod'
import { readCredentials } from './credentials.ts'
import { readFleetConfig } from './fleet-config.ts'
import { handoverSocket } from './handover.ts'
import { RegistryClient } from './registry-client.ts'
import { runReplay } from './replay/run-replay.ts'

const usage = `pnpm replay FILE [--device ID] [--speed N] [--entrap]
  FILE       a recording: air pressure or acceleration in a lift, black box or work cycles of a tower crane (CSV)
  --device   speaks for this device; else for the first that could have done what was recorded
  --speed    1 (default): live; 2 to 100: handed in faster, as after an outage, for a device not heard meanwhile
  --entrap   holds the lift on its last ride between two landings for 60 s
`
/** An incident is told within so long of its condition (interface.md §6), and then stands at the desk. */
const tellMs = 4_000

const caseSchema = z.object({ deviceId: z.string(), rule: z.string(), state: z.string(), severity: z.string() })

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort(signal))

try {
  await replay()
} catch (error) {
  process.stderr.write(`replay: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function replay(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      device: { type: 'string' },
      speed: { type: 'string', default: '1' },
      entrap: { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  const speed = Number(values.speed)
  if (file === undefined || positionals.length > 1) throw new Error(`one recording\n${usage}`)
  if (!(speed === 1 || (speed >= 2 && speed <= 100)))
    throw new Error(`--speed ${values.speed}: 1, or 2 to 100\n${usage}`)

  const config = readFleetConfig(process.env)
  const credentials = await readCredentials(config.credentialsFile)
  const registry = await RegistryClient.signIn(config.apiUrl, credentials)
  const openCases = new Set((await casesAtDesk(registry, { state: 'open' })).map(({ deviceId }) => deviceId))
  const result = await runReplay({
    // The package manager runs this in the project's folder; the user named the file from where they are.
    file: resolve(process.env.INIT_CWD ?? '.', file),
    speed,
    entrap: values.entrap,
    ...(values.device === undefined ? {} : { deviceId: values.device }),
    mqttUrl: config.mqttUrl,
    credentials,
    devices: await registry.devices(),
    openCases,
    handoverPath: handoverSocket(config.credentialsFile),
    logger: pino({ level: 'warn' }),
    begins: ({ deviceId, frames, durationMs, sendMs }) =>
      say(`${frames} frames of ${minutes(durationMs)} for ${deviceId}, sent in ${minutes(sendMs)}`),
    signal: stopping.signal,
  })
  say(`${result.acknowledged} acknowledged, ${result.refused} refused`)
  // An abort ends the wait.
  await delay(tellMs, undefined, { signal: stopping.signal }).catch(() => undefined)
  const { deviceId, startTime } = result
  if (openCases.has(deviceId)) say(`${deviceId} had an open case before: what came of the recording has joined it`)
  const cases = await casesAtDesk(registry, { state: 'all', deviceId, from: String(startTime) })
  say(cases.length === 0 ? 'no incident' : `${cases.length} at the desk:`)
  for (const { rule, severity, state } of cases) say(`  ${rule} (${severity}), ${state}`)
}

async function casesAtDesk(registry: RegistryClient, query: Readonly<Record<string, string>>) {
  return z.array(caseSchema).parse(await registry.list('/api/v1/incidents', query))
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
