import { FrameCutter } from './frame-cutter.ts'
import { type FrameFormatName, frameFormats } from './frame-formats.ts'

/** What a connection that has not said yet who it is speaks, and the name it gives. */
export interface FirstFrame {
  readonly format: FrameFormatName
  readonly sn: string
}

/** The first whole frame with a name in it that any of the formats finds in these bytes. */
export function firstFrame(bytes: Buffer): FirstFrame | undefined {
  for (const name of Object.keys(frameFormats) as FrameFormatName[]) {
    const format = frameFormats[name]
    for (const cut of new FrameCutter(format).push(bytes)) {
      if (!Buffer.isBuffer(cut)) continue
      const { sn } = format.fields(cut)
      if (typeof sn === 'string') return { format: name, sn }
    }
  }
  return undefined
}
