/**
 * Faults in the long, by seeds: `pnpm test:faults [--minutes 10] [--seed 1]`. With a seed and no minutes that one run
 * alone, on a product that is new. Ends with 1 where a guarantee was broken.
 */
import { parseArgs } from 'node:util'
import { Adversary } from './adversary.ts'
import { describe, planOf } from './plan.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } })
const single = values.seed !== undefined && values.minutes === undefined
const until = performance.now() + Number(values.minutes ?? 10) * 60_000
const first = Number(values.seed ?? Math.floor(Date.now() / 1_000))

let adversary: Adversary | undefined
let [runs, bad, frames, slowest] = [0, 0, 0, 0]
for (let seed = first; runs === 0 || (!single && performance.now() < until); seed++) {
  adversary ??= await Adversary.start()
  const plan = planOf(seed)
  const outcome = await adversary.run(plan)
  runs++
  frames += outcome.frames
  slowest = Math.max(slowest, outcome.recoverySeconds)
  console.log(
    `seed ${seed}  ${outcome.broken.length === 0 ? 'kept' : 'BROKEN'}  ${outcome.seconds.toFixed(0)} s, ` +
      `${outcome.frames} frames, well again after ${outcome.recoverySeconds.toFixed(1)} s  ${plan.steps.map(describe).join('; ')}`,
  )
  for (const line of outcome.broken) console.log(`    ${line}`)
  if (outcome.broken.length > 0) {
    bad++
    console.log(`    what the processes said: ${adversary.world.district.dataDir}/logs`)
  } else if (adversary.runsLeft > 0) continue
  // What is broken stays on the disk to be looked at.
  await adversary.end(outcome.broken.length === 0)
  adversary = undefined
}
await adversary?.end(true)
console.log(`${runs} runs, ${bad} broken, ${frames} frames, well again after ${slowest.toFixed(1)} s at most`)
process.exit(bad === 0 ? 0 : 1)
