import type { Step } from '../adversary/plan.ts'

/** A line of the product that keeps a guarantee, broken, and the faults that must show it. */
export interface Mutation {
  readonly guarantee: string
  readonly what: string
  readonly file: string
  readonly changes: readonly (readonly [from: string, to: string])[]
  readonly steps: readonly Step[]
  /** What the adversary must say. */
  readonly bites: RegExp
}

const step = (kind: Step['kind'], target: string, atMs: number, lastsMs = 1_000): Step => ({
  kind,
  target,
  atMs,
  lastsMs,
  strength: 0.49,
})
/** When victims are entrapped, ms; with 3 s to wait. */
export const entrapAtMs = [3_000, 4_000] as const

/** None for G8: a clock that hides an entrapment for a while is not noticed as long as it is told at last. */
export const mutations: readonly Mutation[] = [
  {
    guarantee: 'G1',
    what: 'the historian acknowledges before InfluxDB has the lines',
    file: 'services/historian/src/historian.ts',
    changes: [['this.#inHand.add(entry)', 'message.ack()']],
    steps: [
      step('answer', '503', 2_000, 6_000),
      step('kill', 'historian-1', 5_000),
      step('kill', 'historian-2', 5_000),
    ],
    bites: /^durable: .* in InfluxDB/,
  },
  {
    guarantee: 'G2',
    what: 'what waits for NATS longest is stored last',
    file: 'packages/bus/src/group-commit.ts',
    changes: [
      ['group === undefined || group.bytes', 'group !== null || group.bytes'],
      ['let group = this.#waiting.shift(); group', 'let group = this.#waiting.pop(); group'],
      ['group = this.#waiting.shift())', 'group = this.#waiting.pop())'],
    ],
    steps: [step('pause', 'nats-server', 4_000)],
    bites: /^inOrder: /,
  },
  {
    guarantee: 'G3',
    what: 'an incident has another id each time it is sent',
    file: 'services/engine/src/incident-publisher.ts',
    changes: [['msgID: event.id', 'msgID: crypto.randomUUID()']],
    steps: [step('kill', 'engine-1', 9_000), step('kill', 'engine-2', 9_000)],
    bites: /^oncePerEpisode: .* twice/,
  },
  {
    guarantee: 'G4',
    what: 'an engine that starts again leaves some of the log out',
    file: 'services/engine/src/partition-runner.ts',
    changes: [['this.#savedSequence = snapshot.sequence', 'this.#savedSequence = snapshot.sequence + 2_000']],
    steps: [step('kill', 'engine-1', 5_000), step('kill', 'engine-2', 5_000)],
    bites: /^sameIncidents: /,
  },
  {
    guarantee: 'G5',
    what: 'what cannot be understood is acknowledged and thrown away',
    file: 'services/gateway/src/intake.ts',
    changes: [['this.#quarantine.add(record, () => {', 'queueMicrotask(() => {']],
    steps: [step('babble', 'lift-3', 2_000)],
    bites: /^accounted: .* not in QUARANTINE/,
  },
  {
    guarantee: 'G6',
    what: 'telemetry closes a case of life safety',
    file: 'services/dispatch/src/rescue/incident-event.ts',
    changes: [["lifeSafety || touched || progress.state !== 'received' || clearedAt", 'clearedAt']],
    steps: [],
    bites: /^deskTold: .* is closed/,
  },
]
