import type { FrameFormatName } from '@lifeline/protocols'
import type { Directory } from './directory.ts'
import type { VendorRoute } from './vendor-topics.ts'

const prefix = 'tcp/'

/** What stands in place of a topic for what came over plain TCP. */
export const isFrameTopic = (topic: string): boolean => topic.startsWith(prefix)

/**
 * Where frames go that came over plain TCP, where no account says whose they are; undefined where nobody has that name
 * in that format. The devices are looked up anew each time, for the registry may change them.
 * @param sn what the sender called itself
 */
export function frameRoute(directory: Directory, encoding: FrameFormatName, sn: string): VendorRoute | undefined {
  const device = directory.framed(encoding).get(sn)
  const format = device === undefined ? undefined : directory.format(device.format)
  if (format === undefined) return undefined
  return {
    channel: 'vendor',
    topic: prefix + format.name,
    account: 'unknown',
    format,
    entries: format.everything,
    only: () => directory.framed(encoding).get(sn),
    kindOf: (vendorId = sn) => directory.framed(encoding).get(vendorId)?.kind,
    device: (vendorId = sn, kind) => {
      const named = directory.framed(encoding).get(vendorId)
      if (named?.format !== format.name) return `${vendorId} is no device with this format`
      return named.kind === kind ? named : `${named.deviceId} is registered as ${named.kind}, not ${kind}`
    },
  }
}
