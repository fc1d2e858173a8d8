import { createRandom } from '@lifeline/simulator-physics'

/** Processes that can be killed and paused; the servers stand behind proxies. */
export const services = [
  'gateway-1',
  'gateway-2',
  'engine-1',
  'engine-2',
  'historian-1',
  'historian-2',
  'dispatch',
  'registry',
] as const
export const servers = ['nats-server', 'influxd'] as const
/** As the services call themselves to NATS; an engine by the beginning of its name. */
const linked = ['gateway', 'engine-1', 'engine-2', 'engine', 'historian', 'dispatch', 'registry'] as const
const influxFaults = ['400', '401', '429', '503', 'cut', 'half', 'cut_after_storing', 'silent'] as const

const kinds = {
  /** SIGKILL; the launcher starts it again. */
  kill: [...services, ...servers],
  /** SIGSTOP, and SIGCONT after a while. */
  pause: [...services, ...servers],
  /** SIGTERM, and a start after a while. */
  stop: services,
  cut: linked,
  silence: linked,
  slow: linked,
  /** InfluxDB's answer to most writes. */
  answer: influxFaults,
  /** The log takes no more, as with a full disk. */
  fill: ['log'],
  /** The bytes of the engines' snapshots are gone, and an engine with them. */
  spoil: ['engine-1', 'engine-2'],
  /** A lift's clock jumps. */
  clock: ['lift-0', 'lift-1', 'lift-2', 'lift-3'],
  /** Every other payload of a lift means nothing. */
  babble: ['lift-0', 'lift-1', 'lift-2', 'lift-3'],
} as const satisfies Record<string, readonly string[]>

export type StepKind = keyof typeof kinds

export interface Step {
  readonly kind: StepKind
  readonly target: string
  /** From the beginning of the run. */
  readonly atMs: number
  readonly lastsMs: number
  /** From 0 to 1: how much, where there is a how much. */
  readonly strength: number
}

export interface Plan {
  readonly seed: number
  readonly steps: readonly Step[]
  /** When the two victims of the run get stuck. */
  readonly entrapAtMs: readonly [number, number]
}

/** What the seed does to one run; nothing of it depends on anything else. */
export function planOf(seed: number): Plan {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[random.integer(0, list.length - 1)] as T
  const step = (): Step => {
    const kind = pick(Object.keys(kinds) as StepKind[])
    const target = pick(kinds[kind])
    return {
      kind,
      target,
      atMs: random.integer(0, 15_000),
      lastsMs: random.integer(300, 6_000),
      strength: random.next(),
    }
  }
  const steps = Array.from({ length: random.integer(2, 6) }, step).sort((a, b) => a.atMs - b.atMs)
  return { seed, steps, entrapAtMs: [random.integer(0, 8_000), random.integer(4_000, 14_000)] }
}

export const describe = ({ kind, target, atMs, lastsMs }: Step): string =>
  `${kind} ${target} @${(atMs / 1000).toFixed(1)} for ${(lastsMs / 1000).toFixed(1)}`
