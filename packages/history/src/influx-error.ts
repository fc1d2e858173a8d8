/** Thrown where InfluxDB cannot be reached, refuses the caller or cannot answer; the message says which and where. */
export class InfluxError extends Error {
  override readonly name = 'InfluxError'
  readonly code = 'INFLUX_UNAVAILABLE'
}
