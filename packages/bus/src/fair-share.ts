/**
 * How many of `count` items fall to the member `name`: all members' shares add up to `count` and differ by one at most.
 * @param members names of all that are there; 0 for a name that is not among them
 */
export function fairShare(name: string, members: readonly string[], count: number): number {
  const place = members.toSorted().indexOf(name)
  if (place < 0) return 0
  return Math.floor(count / members.length) + (place < count % members.length ? 1 : 0)
}
