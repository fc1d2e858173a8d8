import { type Memory, unknown } from './memory.ts'
import { type Circumstances, setting } from './rule.ts'

/** What is remembered of whoever is in a car or cage. */
export const occupantMemory = ['seenAt', 'sure', 'unseenAt'] as const
type Remembered = (typeof occupantMemory)[number]

export const occupantSettings = {
  personLoad: setting(30, 'kg', 'a load that counts as a person where nothing else tells', 'design'),
  sureSeconds: setting(2, 's', 'a reflection is seen once, a person for as long as it takes to step in', 'design'),
  unseenSeconds: setting(6, 's', 'a detector loses a person who stands still for moments', 'design'),
  watchedSeconds: setting(7, 's', 'less than doors need to open, let somebody out and shut', 'design', 'lower'),
}

/**
 * Whether somebody is in: who was surely seen has not got out while there was no way out, and who was seen but once is
 * not gone at once.
 * @param occupied what the sensors say at `time`, device clock, ms
 * @param wayOut whether somebody could step out now
 */
export function stillOccupied(
  occupied: boolean | undefined,
  wayOut: boolean,
  time: number,
  { memory, sincePrevious }: Pick<Circumstances<Remembered>, 'memory' | 'sincePrevious'>,
  settings: Readonly<Record<keyof typeof occupantSettings, number>>,
): boolean | undefined {
  const { sureSeconds, unseenSeconds, watchedSeconds } = settings
  if (wayOut || sincePrevious > watchedSeconds * 1000) forgetOccupant(memory)
  if (wayOut) return occupied
  if (occupied === true) {
    if (Number.isNaN(memory.seenAt)) memory.seenAt = time
    else if (time - memory.seenAt >= sureSeconds * 1000) memory.sure = 1
    memory.unseenAt = unknown
  } else if (occupied === false) {
    if (memory.sure === 1) return true
    if (Number.isNaN(memory.unseenAt)) memory.unseenAt = time
    if (time - memory.unseenAt < unseenSeconds * 1000) return !Number.isNaN(memory.seenAt)
    memory.seenAt = unknown
  }
  return occupied
}

export function forgetOccupant(memory: Memory<Remembered>): void {
  memory.seenAt = unknown
  memory.sure = unknown
  memory.unseenAt = unknown
}
