import { format7a7a } from './format-7a7a.ts'
import { format7e7e } from './format-7e7e.ts'
import { formatA55a } from './format-a55a.ts'
import type { FrameFormat } from './frame-format.ts'

/** The binary formats by the bytes that their frames start with. */
export const frameFormats = {
  '7a7a': format7a7a,
  '7e7e': format7e7e,
  a55a: formatA55a,
} as const satisfies Record<string, FrameFormat>
export type FrameFormatName = keyof typeof frameFormats
