import type { Kind } from '@lifeline/contracts'
import type { TopicEntries, VendorFormat } from '@lifeline/protocols'
import type { Route } from './directory.ts'

/** A device that is registered with a format of its own. */
export interface ForeignDevice extends Pick<Route, 'deviceId' | 'siteId' | 'partition' | 'kind'> {
  /** What it is called in its format. */
  readonly vendorId: string
  readonly format: string
}

/** Where what comes in on a vendor's topic goes: what it says decides about the device. */
export interface VendorRoute {
  readonly channel: 'vendor'
  readonly topic: string
  /** The client id of the account. */
  readonly account: string
  readonly format: VendorFormat
  readonly entries: TopicEntries
  /** What the device that a payload speaks of is registered as. */
  readonly kindOf: (vendorId: string | undefined) => Kind | undefined
  /** The only device of the account with this format: what it sends is that device's, whatever it says. */
  readonly only: () => ForeignDevice | undefined
  /** The device that a payload speaks of, or why there is none. */
  readonly device: (vendorId: string | undefined, kind: Kind) => ForeignDevice | string
}

/** The topics that an account may use because of the formats its devices are registered with. */
export class VendorTopics {
  readonly #account: string
  readonly #devices: readonly ForeignDevice[]
  readonly #formats: ReadonlyMap<string, VendorFormat>

  constructor(account: string, devices: readonly ForeignDevice[], formats: ReadonlyMap<string, VendorFormat>) {
    this.#account = account
    this.#devices = devices
    this.#formats = formats
  }

  /** @param topic each character a byte, as it came */
  route(topic: string): VendorRoute | 'no_device_topic' | 'unknown_format' {
    let known = true
    for (const name of new Set(this.#devices.map(({ format }) => format))) {
      const format = this.#formats.get(name)
      const entries = format?.entries(topic)
      if (format === undefined) known = false
      else if (entries !== undefined) {
        const devices = this.#devices.filter((it) => it.format === name)
        const [device, kindOf] = [deviceAmong(devices), kindAmong(devices)]
        const only = (): ForeignDevice | undefined => (devices.length === 1 ? devices[0] : undefined)
        return { channel: 'vendor', topic: utf8(topic), account: this.#account, format, entries, only, device, kindOf }
      }
    }
    return known ? 'no_device_topic' : 'unknown_format'
  }

  /** Whether answers of a format of the account's devices come on that topic. */
  maySubscribe(filter: string): boolean {
    const topic = filter.endsWith('/#') ? filter.slice(0, -2) : filter
    if (/[#+]/.test(topic)) return false
    return this.#devices.some(({ format: name, vendorId }) => {
      const format = this.#formats.get(name)
      const names = format?.replyTopic(topic)
      if (format === undefined || names === undefined) return false
      // Where the topic names the device, it must be one of the account's own.
      const named = names[format.mapping.device ?? '']
      return named === undefined || named === vendorId
    })
  }
}

const utf8 = (topic: string): string => Buffer.from(topic, 'latin1').toString()

const kindAmong = (devices: readonly ForeignDevice[]) => (vendorId: string | undefined) =>
  devices.find((it) => vendorId === undefined || it.vendorId === vendorId)?.kind

/** Finds the device that a payload speaks of among those of an account. */
export const deviceAmong =
  (devices: readonly ForeignDevice[]) =>
  (vendorId: string | undefined, kind: Kind): ForeignDevice | string => {
    const meant = vendorId === undefined ? devices : devices.filter((it) => it.vendorId === vendorId)
    const [device] = meant
    if (device === undefined) return `${vendorId} is no device of this account with this format`
    if (meant.length > 1) return 'which device is meant is not said, and the account has several'
    return device.kind === kind
      ? device
      : `${device.deviceId} is registered as ${device.kind}, the mapping takes it for ${kind}`
  }
