import { PacketFields } from './packet-fields.ts'
import { PacketError } from './packet-reader.ts'
import { isTopicFilter } from './topic-filter.ts'

/** What is taken of SUBSCRIBE and UNSUBSCRIBE. */
export interface FilterLimits {
  /** Filters in one packet. */
  readonly maxFilters: number
  /** Levels of a filter; the broker's index has no room for more than 100. */
  readonly maxLevels: number
}

/**
 * Checks a SUBSCRIBE (MQTT 3.1.1 §3.8); the arguments are those of `PacketSink.packet`.
 * @returns its filters
 * @throws PacketError
 */
export function checkSubscribe(bytes: Buffer, start: number, end: number, limits: FilterLimits): string[] {
  return readFilters(new PacketFields(bytes, start, end), limits, (fields) => {
    if (fields.byte('requested QoS') > 2) throw new PacketError('requested QoS over 2 [MQTT-3.8.3-4]')
  })
}

/** The same for UNSUBSCRIBE (§3.10). */
export function checkUnsubscribe(bytes: Buffer, start: number, end: number, limits: FilterLimits): string[] {
  return readFilters(new PacketFields(bytes, start, end), limits, () => undefined)
}

function readFilters(fields: PacketFields, limits: FilterLimits, then: (fields: PacketFields) => void): string[] {
  fields.packetId()
  const filters: string[] = []
  do {
    const filter = fields.text('topic filter')
    if (!isTopicFilter(filter)) throw new PacketError('no topic filter [MQTT-4.7.1-2] [MQTT-4.7.1-3] [MQTT-4.7.3-1]')
    if (filter.split('/').length > limits.maxLevels) {
      throw new PacketError(`a filter of more than ${limits.maxLevels} levels`)
    }
    then(fields)
    filters.push(filter)
    if (filters.length > limits.maxFilters) throw new PacketError(`more than ${limits.maxFilters} filters in a packet`)
  } while (!fields.empty)
  return filters
}
