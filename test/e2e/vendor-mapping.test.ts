import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type EquipmentOf, type RescueCase, streams } from '@lifeline/contracts'
import { type ApiClient, eventually } from '@lifeline/test-support'
import { connectAsync, type MqttClient } from 'mqtt'
import { connect } from 'nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'

const folder = fileURLToPath(new URL('vendor-platform', import.meta.url))
const [driver, stranger, idNumber] = ['card-driver-77', 'card-stranger-88', '500101199003074518']

let district: DemoDistrict
let desk: ApiClient
let client: MqttClient
let crane: EquipmentOf<'tower-crane'>

beforeAll(async () => {
  district = await startDemoDistrict({ env: { MAPPINGS_DIR: folder } })
  desk = await district.api('administrator')
  const { items } = await desk.get<{ items: EquipmentOf<'tower-crane'>[] }>('/api/v1/devices?kind=tower-crane')
  const approved = items.find(({ approvedForUse }) => approvedForUse)
  if (approved === undefined) throw new Error('no crane of the demo district is approved for use')
  crane = { ...approved, operators: [driver], format: 'site-platform', vendorId: 'TOWER-0001' }
  await desk.send('PUT', `/api/v1/devices/${crane.deviceId}`, crane)
  const account = district.credentials.devices.find(({ deviceId }) => deviceId === crane.deviceId)
  const { username = '', password = '' } = account ?? {}
  client = await connectAsync(district.mqttUrl, { clientId: username, username, password, protocolVersion: 4 })
}, 240_000)

afterAll(async () => {
  await client?.endAsync()
  await district?.remove()
})

let slew = 0
/** The crane slews on; one message as the platform's document has it. */
async function report(fields: object): Promise<void> {
  slew += 5
  const state = { sn: 'TOWER-0001', '@timestamp': Date.now(), range: 20, height: 10, rotation: slew, weight: 0.5 }
  const message = {
    frame_type: 'real_time_data',
    data: [{ ...state, driver_name: '王小明', id_no: idNumber, ...fields }],
  }
  await client.publishAsync('iot/v1/tower', JSON.stringify(message), { qos: 1 })
}

const opened = (rule: string) =>
  eventually(
    `an incident ${rule} at the desk`,
    async () => {
      const query = `state=all&rule=${rule}&deviceId=${crane.deviceId}`
      return (await desk.get<{ items: RescueCase[] }>(`/api/v1/incidents?${query}`)).items[0]
    },
    { withinMs: 60_000, everyMs: 250 },
  )

/** Reports every half second until `found` is there. */
async function reportUntil<T>(fields: object, found: Promise<T>): Promise<T> {
  let there = false
  const done = found.finally(() => {
    there = true
  })
  while (!there) {
    await report(fields)
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 500))])
  }
  return done
}

test('a mapping written from a document alone, under 30 lines, brings a vendor’s crane to an incident at the desk', async () => {
  expect((await readFile(`${folder}/site-platform.json`, 'utf8')).split('\n').length).toBeLessThan(30)
  const tonnes = (1.1 * crane.parameters.maxLoad) / 1_000
  const found = await reportUntil({ weight: tonnes, driver_id_code: driver }, opened('overload'))
  expect(found).toMatchObject({ deviceId: crane.deviceId, kind: 'tower-crane', severity: 'major' })
  // Ten reports of a driver who is registered take longer than the rule holds back.
  const tenStored = eventually('ten reports stored', async () => {
    const path = `/api/v1/devices/${crane.deviceId}/telemetry?field=slewAngle&from=0&to=${Date.now() + 60_000}`
    return (await desk.get<{ items: unknown[] }>(path)).items.length >= 10 ? true : undefined
  })
  await reportUntil({ driver_id_code: driver }, tenStored)
  const query = `state=all&rule=unauthorised_operator&deviceId=${crane.deviceId}`
  expect((await desk.get<{ items: unknown[] }>(`/api/v1/incidents?${query}`)).items).toEqual([])
}, 120_000)

test('a stranger at the lever is known for one, though nobody stores his card', async () => {
  await reportUntil({ driver_id_code: stranger }, opened('unauthorised_operator'))
  const influx = await eventually('the frames in InfluxDB', async () => {
    const query = `SELECT * FROM "tower-crane" WHERE "device" = '${crane.deviceId}'`
    const parameters = new URLSearchParams({ db: 'lifeline', q: query })
    const text = await (await fetch(`${district.launched.urls.influx}/query?${parameters}`)).text()
    return text.includes('op1_') ? text : undefined
  })
  const stored = [influx, ...(await allMessages())].join('\n')
  expect(stored).toMatch(/op1_/)
  expect(stored).not.toMatch(new RegExp([driver, stranger, idNumber, '王小明'].join('|')))
}, 120_000)

/** Everything in the log, the quarantine and the incidents. */
async function allMessages(): Promise<string[]> {
  const connection = await connect({ servers: district.launched.urls.nats })
  try {
    const manager = await connection.jetstreamManager()
    const texts: string[] = []
    for (const name of Object.values(streams)) {
      const { state } = await manager.streams.info(name)
      if (state.messages === 0) continue
      const consumer = await connection.jetstream().consumers.get(name)
      for await (const message of await consumer.consume()) {
        texts.push(message.string())
        if (message.seq >= state.last_seq) break
      }
    }
    return texts
  } finally {
    await connection.close()
  }
}
