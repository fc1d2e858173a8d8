const two = (value: number): string => String(value).padStart(2, '0')

/** A time (ms) as a field for date and time takes it, local, whole minutes. */
export function timeFieldText(ms: number): string {
  const time = new Date(ms)
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** What such a field holds, ms; undefined while it is not whole. */
export function timeOfField(text: string): number | undefined {
  const time = new Date(text).getTime()
  return Number.isNaN(time) ? undefined : time
}
