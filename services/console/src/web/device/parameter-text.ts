/** A parameter as one line; tables and shapes by their size, as nobody reads them in a list. */
export function parameterText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === 'number') ? value.join(' · ') : value.map(nameOf).join(', ')
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${Array.isArray(part) ? chartText(part) : part}`)
    .join(' · ')
}

const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : String(value)

/** The first and the last point of a load chart: [radius m, capacity kg]. */
function chartText(points: readonly unknown[]): string {
  const ends = [points.at(0), points.at(-1)].map((point) =>
    Array.isArray(point) ? `${point[0]} m ${point[1]} kg` : '',
  )
  return ends.join(' … ')
}
