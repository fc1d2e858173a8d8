const two = (value: number): string => String(value).padStart(2, '0')

/** A time of day as `hh:mm:ss`, local. */
export function clockText(ms: number): string {
  const time = new Date(ms)
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
}

/** As `clockText`, with the date before it where that is not today's. */
export function whenText(ms: number, now: number): string {
  const [time, today] = [new Date(ms), new Date(now)]
  const date = `${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return time.toDateString() === today.toDateString() ? clockText(ms) : `${date} ${clockText(ms)}`
}
