import { setTimeout as delay } from 'node:timers/promises'
import { assertNever } from '@lifeline/contracts'
import { eventually, type InfluxFault, type TestServer } from '@lifeline/test-support'
import type { Step } from './plan.ts'
import { limitLog, spoilSnapshots, type World } from './world.ts'

/** Does what the step says, and resolves when it is undone. */
export async function carryOut(world: World, step: Step, lifts: readonly string[]): Promise<void> {
  const { target, lastsMs, strength } = step
  const { district, load, natsLinks } = world
  const lift = (): string => lifts[Number(target.slice('lift-'.length))] ?? ''
  switch (step.kind) {
    case 'kill': {
      const server = serverOf(world, target)
      if (server === undefined) return killService(world, target)
      await server.process.stop('SIGKILL')
      await delay(lastsMs / 2)
      return server.process.start()
    }
    case 'pause': {
      const pid = serverOf(world, target)?.process.pid ?? district.launched.pids()[target]
      if (pid === undefined) return
      signal(pid, 'SIGSTOP')
      await delay(lastsMs)
      return signal(pid, 'SIGCONT')
    }
    case 'stop':
      await district.launched.hold(target)
      await delay(lastsMs)
      return district.launched.release(target)
    case 'cut':
    case 'silence':
    case 'slow': {
      const slow = { delayMs: Math.round(20 + 480 * strength) }
      natsLinks.trouble(target, step.kind === 'cut' ? 'cut' : step.kind === 'silence' ? 'silent' : slow)
      await delay(lastsMs)
      return natsLinks.heal(target)
    }
    case 'answer': {
      const fault = influxFaultOf(target)
      let count = 0
      // Mostly, and now and then not: what was half stored is sent again in another company.
      world.influxFault = () => (count++ % 4 === 3 ? undefined : fault)
      await delay(lastsMs)
      world.influxFault = undefined
      return
    }
    case 'fill':
      // Room for what comes before the limit holds: from a log that is over it already, the server removes the oldest.
      await limitLog(world, 200 + Math.round(200 * strength))
      await delay(lastsMs)
      return limitLog(world, undefined)
    case 'spoil':
      await spoilSnapshots(world)
      return killService(world, target)
    case 'clock': {
      const [sign, size] = [strength < 0.5 ? -1 : 1, Math.abs(strength - 0.5) * 2]
      load.setClock(lift(), sign * Math.round(120_000 + size * 86_400_000))
      await delay(lastsMs)
      return load.setClock(lift(), 0)
    }
    case 'babble':
      load.babble(lift(), true)
      await delay(lastsMs)
      return load.babble(lift(), false)
    default:
      return assertNever(step.kind)
  }
}

function serverOf({ nats, influx }: World, target: string): TestServer | undefined {
  return target === 'nats-server' ? nats : target === 'influxd' ? influx : undefined
}

async function killService({ district }: World, name: string): Promise<void> {
  const pid = district.launched.pids()[name]
  // On its way back from another step.
  if (pid === undefined) return
  signal(pid, 'SIGKILL')
  await eventually(
    `a new ${name}`,
    async () => {
      const now = district.launched.pids()[name]
      return now === undefined || now === pid ? undefined : now
    },
    { withinMs: 60_000 },
  )
}

function influxFaultOf(name: string): InfluxFault {
  if (name === 'cut' || name === 'half' || name === 'cut_after_storing' || name === 'silent') return name
  return { status: Number(name), body: JSON.stringify({ error: `the proxy answers ${name}` }) }
}

/** To a process that may have ended meanwhile. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
