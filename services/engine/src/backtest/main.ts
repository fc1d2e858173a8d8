import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { connectBus } from '@lifeline/bus'
import { type CandidateSettings, readCandidate } from '@lifeline/rules'
import { backtest, report } from './backtest.ts'
import { recordedPartition, storedPartition } from './stored-log.ts'

const usage = `pnpm backtest [--from TIME] [--to TIME] [--settings FILE] [--recording FILE]
  --from, --to   only incidents that open in between; ISO 8601 or ms since the Unix epoch
  --settings     a candidate, tried beside the settings in force: { "{kind}": { "{rule}": { "{setting}": value } } }
  --recording    a file of log records, one JSON a line, instead of the stored log at NATS_URL
`

try {
  await main()
} catch (error) {
  process.stderr.write(`backtest: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      settings: { type: 'string' },
      recording: { type: 'string' },
    },
  })
  const from = moment('--from', values.from) ?? 0
  const to = moment('--to', values.to) ?? Date.now()
  const candidate = values.settings === undefined ? {} : await candidateIn(values.settings)
  const changes = values.settings !== undefined
  if (values.recording !== undefined) {
    const result = await backtest([recordedPartition(values.recording, to)], candidate, from)
    process.stdout.write(`${report(result, changes)}\n`)
    return
  }
  const url = process.env.NATS_URL ?? `nats://127.0.0.1:${process.env.NATS_PORT ?? 4222}`
  const bus = await connectBus(url, 'backtest', (reason) => {
    if (reason !== undefined) process.stderr.write(`${reason}\n`)
  })
  try {
    const partitions = Array.from({ length: Number(process.env.PARTITIONS ?? 8) }, (_, i) =>
      storedPartition(bus, i, to),
    )
    process.stdout.write(`${report(await backtest(partitions, candidate, from), changes)}\n`)
  } finally {
    await bus.close()
  }
}

function moment(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (!Number.isFinite(ms)) throw new Error(`${name} ${text} is no time`)
  return ms
}

async function candidateIn(file: string): Promise<CandidateSettings> {
  const text = await readFile(file, 'utf8')
  try {
    return readCandidate(JSON.parse(text))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
