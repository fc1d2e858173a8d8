/** One run of the adversary with the plan given as JSON; prints what it broke as JSON, the last line of the output. */
import { Adversary } from '../adversary/adversary.ts'
import type { Plan } from '../adversary/plan.ts'

const plan = JSON.parse(process.argv[2] ?? '') as Plan
const adversary = await Adversary.start()
const { broken } = await adversary.run(plan)
await adversary.end(true)
console.log(JSON.stringify(broken))
process.exit()
