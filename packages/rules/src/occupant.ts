import { type Memory, unknown } from './memory.ts'
import { type Circumstances, setting } from './rule.ts'

/** What is remembered of whoever is in a car or cage: for how long they were seen, less what was not, s. */
export const occupantMemory = ['seen', 'sure'] as const
type Remembered = (typeof occupantMemory)[number]

export const occupantSettings = {
  personLoad: setting(30, 'kg', 'a load that counts as a person where nothing else tells', 'design'),
  sureSeconds: setting(3, 's', 'reflections are seen now and then, a person nearly all the time', 'design'),
  unseenSeconds: setting(6, 's', 'a detector that saw a person for 1 s may lose them for as long', 'design'),
  watchedSeconds: setting(7, 's', 'less than doors need to open, let somebody out and shut', 'design', 'lower'),
}

/** A reading counts for so long at most, s, however far from the one before. */
const longestReading = 1

/**
 * Whether somebody is in: who was surely seen has not got out while there was no way out, and who was seen but for
 * moments is not gone at once.
 * @param occupied what the sensors say
 * @param wayOut whether somebody could step out now
 */
export function stillOccupied(
  occupied: boolean | undefined,
  wayOut: boolean,
  { memory, sincePrevious }: Pick<Circumstances<Remembered>, 'memory' | 'sincePrevious'>,
  settings: Readonly<Record<keyof typeof occupantSettings, number>>,
): boolean | undefined {
  const { sureSeconds, unseenSeconds, watchedSeconds } = settings
  const elapsed = sincePrevious / 1000
  if (wayOut || elapsed > watchedSeconds) forgetOccupant(memory)
  if (wayOut || occupied === undefined) return occupied
  const seen = Number.isNaN(memory.seen) ? 0 : memory.seen
  if (occupied) {
    memory.seen = Math.min(seen + Math.min(elapsed, longestReading), sureSeconds)
    if (memory.seen >= sureSeconds) memory.sure = 1
    return true
  }
  memory.seen = Math.max(seen - elapsed / unseenSeconds, 0)
  return memory.sure === 1 || memory.seen > 0
}

export function forgetOccupant(memory: Memory<Remembered>): void {
  memory.seen = unknown
  memory.sure = unknown
}
