/** The middle value of so many around each (an odd number), which takes spikes of less than half that away. */
export function median(values: readonly number[], width: number): number[] {
  const half = Math.floor(width / 2)
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i - half), i + half + 1).sort((a, b) => a - b)
    return window[Math.floor(window.length / 2)] ?? 0
  })
}

/** The mean of so many around each (an odd number). */
export function movingMean(values: readonly number[], width: number): number[] {
  const half = Math.floor(width / 2)
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i - half), i + half + 1)
    return window.reduce((sum, value) => sum + value, 0) / window.length
  })
}

/** The same course sampled anew: from one value every `fromMs` to one every `toMs`. */
export function interpolated(values: readonly number[], fromMs: number, toMs: number): number[] {
  const count = Math.floor(((values.length - 1) * fromMs) / toMs) + 1
  return Array.from({ length: count }, (_, i) => {
    const at = (i * toMs) / fromMs
    const before = values[Math.floor(at)] ?? 0
    const after = values[Math.ceil(at)] ?? before
    return before + (after - before) * (at - Math.floor(at))
  })
}
