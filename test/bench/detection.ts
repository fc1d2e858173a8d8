/**
 * How well the rules see what is wrong, and how quiet they are: simulated devices with sensor noise, drift, dirty
 * contacts, dropouts, late and doubled frames run accelerated through the engine's fold; in a part of the device-days
 * one unambiguous fault is injected at a known time. Beside it the same limits as plain thresholds with durations, on
 * the same data: `pnpm bench:detection [--device-days 10000] [--seed 1] [--workers 2] [--traces file]`.
 */
import { appendFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createRandom } from '@lifeline/simulator-physics'
import { house, works } from './detection/bench-site.ts'
import { report } from './detection/report.ts'
import { addScores, type Scores } from './detection/scores.ts'
import { type SiteResult, SiteRun } from './detection/site-run.ts'

interface Share {
  readonly seed: string
  readonly sites: readonly string[]
  readonly days: number
}

/** A house has four lifts, the works two cranes and two hoists; of five sites one is the works. */
const devicesPerSite = 4
const longestDays = 5

if (isMainThread) await main()
else {
  const { seed, sites, days } = workerData as Share
  for (const siteId of sites) {
    const random = createRandom(`${seed} ${siteId}`)
    const equipment = siteId.startsWith('house') ? house(siteId, random) : works(siteId, random)
    parentPort?.postMessage(new SiteRun(equipment, seed).run(days))
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'device-days': { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      traces: { type: 'string' },
    },
  })
  const asked = Number(values['device-days'])
  const days = Math.max(1, Math.min(longestDays, Math.floor(asked / (5 * devicesPerSite))))
  const count = Math.ceil(asked / (days * devicesPerSite))
  const sites = Array.from({ length: count }, (_, i) => (i % 5 === 4 ? `works-${i}` : `house-${i}`))
  const began = performance.now()
  const [engine, plain]: [Scores, Scores] = [{}, {}]
  let frames = 0
  const workers = Number(values.workers)
  const runs = Array.from({ length: workers }, (_, nth) => {
    // Sites are dealt out in groups of five, so that each worker has its share of the works.
    const own = sites.filter((_, i) => Math.floor(i / 5) % workers === nth)
    return runShare({ seed: values.seed, sites: own, days }, (result) => {
      addScores(engine, result.engine)
      addScores(plain, result.plain)
      if (values.traces !== undefined)
        appendFileSync(values.traces, result.traces.map((trace) => `${trace}\n\n`).join(''))
      frames += result.frames
    })
  })
  await Promise.all(runs)
  const seconds = (performance.now() - began) / 1000
  const deviceDays = count * days * devicesPerSite
  process.stdout.write(
    `${cpus()[0]?.model}, ${workers} workers, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}: ` +
      `${deviceDays.toLocaleString('en')} device-days, ${frames.toLocaleString('en')} frames in ${seconds.toFixed(0)} s, ` +
      `seed ${values.seed}\n${report(engine, plain, deviceDays)}`,
  )
}

function runShare(share: Share, take: (result: SiteResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share })
    worker.on('message', take)
    worker.once('error', reject)
    worker.once('exit', () => resolve())
  })
}
