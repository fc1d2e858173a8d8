import type { BadPart } from '../decoded.ts'
import type { PayloadReader, ReadPayload } from '../mapping/payload-reader.ts'
import { wallTime } from '../mapping/time-zone.ts'
import type { Reply } from '../mapping/vendor-payload.ts'
import { type Cut, FrameCutter } from './frame-cutter.ts'
import type { FrameFormat } from './frame-format.ts'
import { type FrameFormatName, frameFormats } from './frame-formats.ts'

/**
 * Reads MQTT payloads that are frames: one or several, each payload by itself.
 * @param zone of the devices' clocks, for answers that set them
 */
export function frameReader(name: FrameFormatName, zone: string): PayloadReader {
  const cutter = new FrameCutter(frameFormats[name])
  const readCuts = cutReader(cutter.format, zone)
  return {
    read: (payload, _topic, receivedAt) => {
      if (payload.length > 0) return readCuts([...cutter.push(payload), ...cutter.end()], receivedAt)
      return { objects: [], bad: [{ badClass: 'empty', reason: 'the payload is empty' }], replies: [] }
    },
  }
}

/** Reads a stream of frames, chunk by chunk as they come. */
export function frameStreamReader(name: FrameFormatName, zone: string): PayloadReader {
  const cutter = new FrameCutter(frameFormats[name])
  const readCuts = cutReader(cutter.format, zone)
  return { read: (chunk, _topic, receivedAt) => readCuts(cutter.push(chunk), receivedAt) }
}

function cutReader(format: FrameFormat, zone: string): (cuts: readonly Cut[], receivedAt: number) => ReadPayload {
  const wall = wallTime(zone)
  return (cuts, receivedAt) => {
    const objects: unknown[] = []
    const bad: BadPart[] = []
    const replies: Reply[] = []
    for (const cut of cuts) {
      if (!Buffer.isBuffer(cut)) {
        bad.push(cut)
        continue
      }
      const fields = format.fields(cut)
      objects.push(fields)
      const bytes = format.reply(cut, () => wall(receivedAt))
      if (bytes !== undefined) replies.push({ bytes, names: { sn: String(fields.sn ?? '') } })
    }
    return { objects, bad, replies }
  }
}
