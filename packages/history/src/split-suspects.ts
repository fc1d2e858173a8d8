interface Line {
  readonly line: string
}

/** The words of 1.x and 2.x for a value whose type is not the field's. */
const typeConflict = /field "(?<field>[^"]+)" on measurement "(?<measurement>[^"]+)"/

/**
 * Two parts of a refused request. Where the reason names a field, the lines that have it stand apart: they are usually
 * all bad and the rest is not, so that two more requests settle what halving would take thousands for.
 * @param lines at least two
 */
export function splitSuspects<L extends Line>(lines: readonly L[], reason: string): [readonly L[], readonly L[]] {
  const { field, measurement } = typeConflict.exec(reason)?.groups ?? {}
  if (field !== undefined && measurement !== undefined) {
    const isSuspect = ({ line }: L): boolean => line.startsWith(`${measurement},`) && line.includes(`${field}=`)
    const suspects = lines.filter(isSuspect)
    if (suspects.length > 0 && suspects.length < lines.length) {
      return [lines.filter((line) => !isSuspect(line)), suspects]
    }
  }
  const middle = lines.length >> 1
  return [lines.slice(0, middle), lines.slice(middle)]
}
