import { maxFramesPerPayload } from '@lifeline/contracts'
import type { BadClass } from '../decoded.ts'
import type { PayloadReader, ReadPayload } from '../mapping/payload-reader.ts'
import {
  decodeSparkplug,
  encodeSparkplug,
  type Metric,
  metricValue,
  type SparkplugPayload,
} from './sparkplug-payload.ts'

/** Edge nodes, devices of them, and metrics of one device, that are kept: what no site has. */
const maxKept = 2_000
/** Ms between two requests for births: the first may get lost, and a node that counts wrongly must not be worn out. */
const askAgainAfter = 60_000

type Value = number | boolean | string

interface Device {
  readonly values: Map<string, Value>
  readonly names: Map<number, string>
  readonly types: Map<string, number>
}

interface EdgeNode {
  /** Of its last birth; a death of another is that of an earlier session. */
  bdSeq?: Value | undefined
  /** Of its last message: each has the next, from 0 to 255. */
  seq?: number | undefined
  /** Something of it was missed, so what is known may not be what is. */
  missed: boolean
  askedAt?: number
}

/**
 * Reads Sparkplug B of site gateways (edge nodes), which send all metrics of a device at its birth and only what has
 * changed after that, by number instead of by name where they like. What comes out has all values as they stand; what
 * was kept while the node was cut off has its own time and only its own values. The topic must name `type`, `group`,
 * `node` and `device`.
 */
export function sparkplugReader(): PayloadReader {
  const devices = new Map<string, Device>()
  const nodes = new Map<string, EdgeNode>()
  return {
    read: (bytes, topic, receivedAt): ReadPayload => {
      const { type = '', group = '', node = '', device } = topic
      let payload: SparkplugPayload
      try {
        payload = decodeSparkplug(bytes)
      } catch (error) {
        void error
        return refused('encoding', 'not Sparkplug B', bytes)
      }
      const nodeKey = `${group}/${node}`
      const edge = nodes.get(nodeKey) ?? { missed: false }
      if (nodes.size < maxKept) nodes.set(nodeKey, edge)
      if (type === 'NBIRTH' || type === 'NDEATH') {
        const bdSeq = payload.metrics.filter(({ name }) => name === 'bdSeq').map((metric) => metricValue(metric))[0]
        if (type === 'NDEATH' && bdSeq !== undefined && edge.bdSeq !== undefined && bdSeq !== edge.bdSeq) return none
        const of = [...devices.keys()].filter((key) => key.startsWith(`${nodeKey}/`))
        for (const key of of) devices.delete(key)
        Object.assign(edge, { bdSeq, seq: payload.seq, missed: false })
        if (type === 'NBIRTH') return none
        return {
          objects: [{ type, devices: of.map((key) => ({ id: key.slice(nodeKey.length + 1) })) }],
          bad: [],
          replies: [],
        }
      }
      const { seq } = payload
      if (seq !== undefined) {
        if (edge.seq !== undefined && seq !== edge.seq && seq !== (edge.seq + 1) % 256) edge.missed = true
        edge.seq = seq
      }
      /** With the node asked for its births where something of it was missed. */
      const asking = (read: Omit<ReadPayload, 'replies'>): ReadPayload => {
        if (!edge.missed || receivedAt - (edge.askedAt ?? Number.NEGATIVE_INFINITY) < askAgainAfter)
          return { ...read, replies: [] }
        edge.askedAt = receivedAt
        return { ...read, replies: [{ bytes: rebirth(receivedAt), names: { group, node } }] }
      }
      if (device === undefined) return asking(none)
      const key = `${nodeKey}/${device}`
      if (type === 'DDEATH') {
        devices.delete(key)
        return asking({ objects: [{ type }], bad: [] })
      }
      if (type === 'DBIRTH' && devices.size < maxKept) devices.set(key, born())
      const known = devices.get(key)
      const objects = known && readMetrics(known, payload, receivedAt)
      if (objects === undefined) {
        edge.missed = true
        return asking(refused('schema', `${device} sends metrics that its birth did not name`, bytes))
      }
      if (objects.length > maxFramesPerPayload) {
        const reason = `${objects.length} moments in one payload, at most ${maxFramesPerPayload} are taken`
        return asking(refused('too_many', reason, bytes))
      }
      return asking({ objects: objects.map((object) => ({ type, seq, ...object })), bad: [] })
    },
  }
}

const none: ReadPayload = { objects: [], bad: [], replies: [] }

const born = (): Device => ({ values: new Map(), names: new Map(), types: new Map() })

const refused = (badClass: BadClass, reason: string, bytes: Buffer): ReadPayload => ({
  objects: [],
  bad: [{ badClass, reason, bytes: Buffer.from(bytes) }],
  replies: [],
})

interface Moment {
  readonly timestamp: number
  readonly metrics: Readonly<Record<string, Value>>
}

/** The moments a payload tells of, what was kept first; undefined where nobody knows a metric's name. */
function readMetrics(device: Device, payload: SparkplugPayload, receivedAt: number): readonly Moment[] | undefined {
  const { timestamp = receivedAt, metrics } = payload
  const kept = new Map<number, Map<string, Value>>()
  let live = metrics.length === 0
  for (const metric of metrics) {
    const name = nameOf(device, metric)
    if (name === undefined) return undefined
    const value = metricValue(metric, metric.datatype ?? device.types.get(name))
    if (metric.isHistorical !== true) live = true
    const at = metric.timestamp ?? timestamp
    const values = metric.isHistorical === true ? (kept.get(at) ?? new Map<string, Value>()) : device.values
    if (metric.isHistorical === true) kept.set(at, values)
    if (value === undefined) values.delete(name)
    else if (values.has(name) || values.size < maxKept) values.set(name, value)
  }
  const moments = [...kept].map(([at, values]) => ({ timestamp: at, metrics: Object.fromEntries(values) }))
  return live ? [...moments, { timestamp, metrics: Object.fromEntries(device.values) }] : moments
}

/** What a metric is called, by itself or by its number; keeps what a birth says of it. */
function nameOf({ names, types }: Device, { name: own, alias, datatype }: Metric): string | undefined {
  const name = own || (alias === undefined ? undefined : names.get(alias))
  if (name === undefined || (!types.has(name) && types.size >= maxKept)) return name
  if (alias !== undefined) names.set(alias, name)
  if (datatype !== undefined) types.set(name, datatype)
  return name
}

/** The command by which an edge node is asked for its births (specification 3.0.0, chapter 6.4.9). */
const rebirth = (timestamp: number): Buffer =>
  encodeSparkplug({
    timestamp,
    metrics: [{ name: 'Node Control/Rebirth', datatype: 11, booleanValue: true }],
  })
