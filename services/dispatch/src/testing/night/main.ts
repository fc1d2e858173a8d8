/**
 * A night at the desk: `pnpm test:night [--seed 96333] [--incidents 500] [--minutes 15] [--factor 20] [--kill-every 60]`.
 * A seed gives the same incidents, crews and failures again. Exit code 1 where anything was not as it should be.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { auditNight } from './audit-night.ts'
import { playNight } from './night.ts'
import { nightReport } from './night-report.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '96333' },
    incidents: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '15' },
    factor: { type: 'string', default: '20' },
    'kill-every': { type: 'string', default: '60' },
  },
})
const factor = Number(values.factor)
const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)

say(`seed ${values.seed}; load ${loadavg()[0]?.toFixed(1)}`)
const night = await playNight({
  seed: Number(values.seed),
  incidents: Number(values.incidents),
  factor,
  nightSeconds: Number(values.minutes) * 60 * factor,
  killEveryMs: Number(values['kill-every']) * 1_000,
  failing: 0.05,
  channelSeconds: 2,
  say,
})
const audit = auditNight(night, 2_000)
for (const line of nightReport(night, audit)) say(line)
for (const fault of audit.faults) say(`FAULT ${fault}`)
say(
  `load ${loadavg()[0]?.toFixed(1)}; ${audit.faults.length === 0 ? 'all is as it should be' : `${audit.faults.length} faults`}`,
)
process.exit(audit.faults.length === 0 ? 0 : 1)
