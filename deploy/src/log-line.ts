/** A line of a process's log as a person reads it at the terminal. */
export interface LogLine {
  /** Whether it wants a person's eye: a warning, an error, or something no logger wrote. */
  readonly urgent: boolean
  readonly text: string
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

/** Reads what our services (pino), nats-server and InfluxDB write; anything else is shown as it is. */
export function readLogLine(line: string): LogLine {
  return readPino(line) ?? readNats(line) ?? readInflux(line) ?? { urgent: true, text: line }
}

function readPino(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined
  let record: Record<string, unknown> & { err?: { message?: unknown } }
  try {
    record = JSON.parse(line)
  } catch {
    // Not JSON after all: shown as it is.
    return undefined
  }
  const { level: number, time, name: _, msg = '', err, ...fields } = record
  if (typeof number !== 'number' || typeof time !== 'number') return undefined
  // pino counts in tens: 10 is trace, 60 fatal.
  const level = levels[Math.round(number / 10) - 1] ?? 'fatal'
  const reason = err?.message === undefined ? '' : `: ${err.message}`
  const details = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
  return render(new Date(time), level, `${msg}${reason}${details.join('')}`)
}

function readNats(line: string): LogLine | undefined {
  const match = /^\[\d+\] (\S+ \S+) \[(TRC|DBG|INF|WRN|ERR|FTL)\] (.*)$/.exec(line)
  if (match === null) return undefined
  const [, time = '', short = '', message = ''] = match
  const level = { TRC: 'trace', DBG: 'debug', INF: 'info', WRN: 'warn', ERR: 'error' }[short] ?? 'fatal'
  return render(new Date(time), level, message)
}

function readInflux(line: string): LogLine | undefined {
  const match = /^ts=(\S+) lvl=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)(.*)$/.exec(line)
  if (match === null) return undefined
  const [, time = '', level = '', message = '', fields = ''] = match
  return render(new Date(time), level, message.replace(/^"|"$/g, '') + (/ error=.*/.exec(fields)?.[0] ?? ''))
}

function render(time: Date, level: string, message: string): LogLine {
  const clock = time.toTimeString().slice(0, 8)
  return { urgent: !['trace', 'debug', 'info'].includes(level), text: `${clock} ${level} ${message}` }
}
