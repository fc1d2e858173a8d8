import { Counter, Gauge, Histogram, type Registry } from '@lifeline/service-kit'
import type { Pressure } from './pressure.ts'
import type { Tally } from './tally.ts'

/**
 * Shows the gateway's counts to Prometheus. They are plain numbers on the hot path and are read when asked for.
 * @returns observes how many seconds something waited to be stored
 */
export function exposeMetrics(
  registry: Registry,
  tally: Tally,
  pressure: Pressure,
  connections: () => number,
): (seconds: number) => void {
  const registers = [registry]
  const total = (name: string, help: string, value: () => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  }
  const byLabel = (name: string, help: string, label: string, counts: ReadonlyMap<string, number>): void => {
    new Counter({
      name,
      help,
      registers,
      labelNames: [label],
      collect() {
        this.reset()
        for (const [key, value] of counts) this.inc({ [label]: key }, value)
      },
    })
  }
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }
  total('lifeline_frames_received_total', 'Frames, events and status words that came in.', () => tally.received)
  total('lifeline_frames_committed_total', 'Those stored in the log.', () => tally.committed)
  byLabel('lifeline_frames_quarantined_total', 'Those not understood, stored apart.', 'reason', tally.quarantined)
  byLabel('lifeline_frames_refused_total', 'Those not taken.', 'reason', tally.refused)
  total('lifeline_unknown_fields_total', 'Fields kept out, being none of the kind.', () => tally.unknownFields)
  byLabel('lifeline_connections_refused_total', 'Connections refused or cut.', 'reason', tally.refusedConnections)
  total('lifeline_messages_dropped_total', 'Messages not kept for an absent client.', () => tally.droppedMessages)
  gauge('lifeline_connections', 'Open connections.', connections)
  gauge('lifeline_pending_bytes', 'Bytes that wait to be stored.', () => pressure.bytes)
  const latency = new Histogram({
    name: 'lifeline_commit_seconds',
    help: 'From arrival to being stored, of runs of frames.',
    registers,
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  })
  return (seconds) => latency.observe(seconds)
}
