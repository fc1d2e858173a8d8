/**
 * The rule engine alone: decoded frames per second through the fold on one core with all rules of the kind on, and
 * the memory of its state: `pnpm bench:rules [--devices 100000] [--seconds 20]`.
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Equipment, Frame, FrameRecord, LogRecord } from '@lifeline/contracts'
import { PartitionFold } from '@lifeline/rules'
import { crane, hoist, lift } from '@lifeline/rules/testing'
import { createElevator } from '@lifeline/simulator-elevator'
import { createHoist } from '@lifeline/simulator-hoist'
import { createTowerCrane } from '@lifeline/simulator-tower-crane'
import { machine, perSecond, tell } from './bench-row.ts'
import { median } from './statistics.ts'

const { values } = parseArgs({
  options: { devices: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '20' } },
})
const devices = Number(values.devices)
const seconds = Number(values.seconds)
/** Records of one message of the log, as the engine gets them decoded. */
const messageRecords = 500
/** Messages between two looks at the clock: one costs as much as 20 frames. */
const timedTogether = 4
const start = 1_795_000_000_000
/** Machines that are really simulated; the others do the same at another place. */
const simulated = 200

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heapMiB = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** CPU time, so that other work on the machine does not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

interface Machine {
  step(dtMs: number): void
  frame(): Frame
}

/** Cranes stand in pairs 150 m apart that reach each other, each pair on a site of its own. */
const kinds: Readonly<
  Record<string, { readonly of: Equipment; readonly make: (seed: number) => Machine; readonly share: number }>
> = {
  elevator: {
    of: lift,
    make: (seed) => createElevator({ parameters: lift.parameters, seed, startTime: start }),
    share: 1,
  },
  hoist: {
    of: hoist,
    make: (seed) => createHoist({ parameters: hoist.parameters, seed, startTime: start }),
    share: 0.1,
  },
  'tower-crane': {
    of: crane,
    make: (seed) => createTowerCrane({ parameters: crane.parameters, seed, startTime: start }),
    share: 0.1,
  },
}

function equipmentAt(of: Equipment, i: number): Equipment {
  const common = { deviceId: `d-${i}`, siteId: `site-${i >> 1}` }
  if (of.kind !== 'tower-crane') return { ...of, ...common }
  return {
    ...of,
    ...common,
    parameters: { ...of.parameters, position: { east: (i % 2) * 115, north: 0 }, jibHeight: 45 + (i % 2) * 6 },
  }
}

console.log(machine())
for (const [kind, { of, make, share }] of Object.entries(kinds)) {
  const count = Math.round(devices * share)
  const machines = Array.from({ length: simulated }, (_, i) => make(i))
  const before = heapMiB()
  const fold = new PartitionFold()
  const registered: LogRecord[] = []
  for (let i = 0; i < count; i++)
    registered.push({ type: 'equipment', receivedAt: start, equipment: equipmentAt(of, i) })
  fold.apply(registered)
  const rates: number[] = []
  const ticks: number[] = []
  let told = 0
  for (let second = 1; second <= seconds; second++) {
    const receivedAt = start + second * 1000
    for (const machine of machines) machine.step(1000)
    const frames = machines.map((machine) => machine.frame())
    const message = (from: number): FrameRecord[] =>
      Array.from({ length: Math.max(0, Math.min(messageRecords, count - from)) }, (_, n) => {
        const i = from + n
        const frame = { ...(frames[i % simulated] as Frame) }
        return { type: 'frame', kind: of.kind, deviceId: `d-${i}`, siteId: `site-${i >> 1}`, receivedAt, frame }
      })
    let took = 0
    for (let from = 0; from < count; from += timedTogether * messageRecords) {
      const messages = Array.from({ length: timedTogether }, (_, n) => message(from + n * messageRecords))
      took += cpuMs(() => {
        for (const records of messages) told += fold.apply(records).length
      })
    }
    const ticked = cpuMs(() => {
      told += fold.apply([{ type: 'tick', receivedAt }]).length
    })
    // The first seconds warm up.
    if (second > 5) {
      rates.push((count * 1000) / took)
      ticks.push(ticked)
    }
  }
  registered.length = 0
  const state = heapMiB() - before
  process.stdout.write(
    `${kind.padEnd(12)} ${count.toLocaleString('en')} devices: ${Math.round(median(rates)).toLocaleString('en')} frames/s (best second ${Math.round(Math.max(...rates)).toLocaleString('en')}), ` +
      `a tick ${median(ticks).toFixed(1)} ms, state ${state.toFixed(0)} MiB (${((state * 1024) / count).toFixed(2)} KiB each), ${told} incident events\n`,
  )
  const rate = median(rates)
  tell({
    what: `rules alone, a core, ${count.toLocaleString('en')} of ${kind}`,
    lifeline: `${perSecond(rate)}, ${((state * 1024) / count).toFixed(2)} KiB each`,
    ...(kind === 'elevator' && { goal: '1,000,000/s', reached: rate >= 1_000_000 }),
  })
}
