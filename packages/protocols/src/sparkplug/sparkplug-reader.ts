import type { PayloadReader, ReadPayload } from '../mapping/payload-reader.ts'
import {
  decodeSparkplug,
  encodeSparkplug,
  type Metric,
  metricValue,
  type SparkplugPayload,
} from './sparkplug-payload.ts'

/** Devices of one edge node, and metrics of one device, that are kept: what no site has. */
const maxKept = 2_000

interface Device {
  readonly values: Map<string, number | boolean | string>
  readonly names: Map<number, string>
  readonly types: Map<string, number>
}

/**
 * Reads Sparkplug B of site gateways (edge nodes), which send all metrics of a device at its birth and only what has
 * changed after that, by number instead of by name where they like. What comes out has all values as they stand. The
 * topic must name `type`, `group`, `node` and `device`.
 */
export function sparkplugReader(): PayloadReader {
  const devices = new Map<string, Device>()
  const asked = new Set<string>()
  return {
    read: (bytes, topic, receivedAt): ReadPayload => {
      const { type = '', group = '', node = '', device } = topic
      let payload: SparkplugPayload
      try {
        payload = decodeSparkplug(bytes)
      } catch (error) {
        void error
        return {
          objects: [],
          bad: [{ badClass: 'encoding', reason: 'not Sparkplug B', bytes: Buffer.from(bytes) }],
          replies: [],
        }
      }
      const nodeKey = `${group}/${node}`
      if (type === 'NBIRTH' || type === 'NDEATH') {
        const of = [...devices.keys()].filter((key) => key.startsWith(`${nodeKey}/`))
        for (const key of of) devices.delete(key)
        if (type === 'NBIRTH') asked.delete(nodeKey)
        else
          return {
            objects: [{ type, devices: of.map((key) => ({ id: key.slice(nodeKey.length + 1) })) }],
            bad: [],
            replies: [],
          }
      }
      if (device === undefined) return none
      const key = `${nodeKey}/${device}`
      if (type === 'DDEATH') {
        devices.delete(key)
        return { objects: [{ type }], bad: [], replies: [] }
      }
      if (type === 'DBIRTH' && devices.size < maxKept) devices.set(key, born())
      const known = devices.get(key)
      const unknown = known === undefined || !payload.metrics.every((metric) => take(known, metric))
      if (known === undefined || unknown) {
        const reason = `${device} sends metrics that its birth did not name`
        // Once until the node is born again: it may have a long way to go.
        const replies = asked.has(nodeKey) ? [] : [{ bytes: rebirth(receivedAt), names: { group, node } }]
        asked.add(nodeKey)
        return { objects: [], bad: [{ badClass: 'schema', reason, bytes: Buffer.from(bytes) }], replies }
      }
      const values = Object.fromEntries(known.values)
      return {
        objects: [{ type, timestamp: payload.timestamp ?? receivedAt, seq: payload.seq, metrics: values }],
        bad: [],
        replies: [],
      }
    },
  }
}

const none: ReadPayload = { objects: [], bad: [], replies: [] }

const born = (): Device => ({ values: new Map(), names: new Map(), types: new Map() })

/** Takes a metric into what is known; false where nobody knows its name. */
function take({ values, names, types }: Device, metric: Metric): boolean {
  const name = metric.name || (metric.alias === undefined ? undefined : names.get(metric.alias))
  if (name === undefined) return false
  if (!types.has(name) && types.size >= maxKept) return true
  if (metric.alias !== undefined) names.set(metric.alias, name)
  if (metric.datatype !== undefined) types.set(name, metric.datatype)
  const value = metricValue(metric, metric.datatype ?? types.get(name))
  if (value === undefined) values.delete(name)
  else values.set(name, value)
  return true
}

/** The command by which an edge node is asked for its births (specification 3.0.0, chapter 6.4.9). */
const rebirth = (timestamp: number): Buffer =>
  encodeSparkplug({
    timestamp,
    metrics: [{ name: 'Node Control/Rebirth', datatype: 11, booleanValue: true }],
  })
