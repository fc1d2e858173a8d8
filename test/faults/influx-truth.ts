/**
 * Which frames of a device are in InfluxDB, as `time/seq`, and how many points that are: asked of the database itself.
 */
export async function storedFrames(
  influxUrl: string,
  deviceId: string,
): Promise<{ readonly distinct: Set<string>; readonly points: number }> {
  const query = `SELECT "seq" FROM "elevator" WHERE "device" = '${deviceId}'`
  const parameters = new URLSearchParams({ db: 'lifeline', epoch: 'ns', q: query })
  const answer = await fetch(`${influxUrl}/query?${parameters}`)
  const body = await answer.text()
  if (!answer.ok) throw new Error(`InfluxDB: ${answer.status} ${body}`)
  // Nanoseconds do not fit a number; as text they stay whole.
  const rows = [...body.matchAll(/\[(\d{19}),(\d+)\]/g)]
  const distinct = new Set(rows.map(([, nanoseconds = '', seq]) => `${nanoseconds.slice(0, -6)}/${seq}`))
  return { distinct, points: rows.length }
}
