import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { afterAll, expect, test } from 'vitest'
import { loadMapping } from '../mapping/mapping-folder.ts'
import { builtIn, receivedAt } from '../testing/read-with.ts'
import { checkMapping } from './check-mapping.ts'
import { readSamples } from './sample.ts'

const folder = await tempFolder()
afterAll(() => folder.remove())

async function written(name: string, text: string): Promise<string> {
  const file = join(folder.path, name)
  await writeFile(file, text)
  return file
}
const check = async (format: Awaited<ReturnType<typeof builtIn>>, sample: string) =>
  checkMapping(format, await readSamples(await written('sample.json', sample)), receivedAt)

/** Written from the field list of a site platform's document (recordings, payloads/goyo-protocolanalysis.json). */
const fromDocument = `{
  "source": "Site platform, IoT v1 JSON frames",
  "kind": "tower-crane",
  "device": "sn",
  "messages": [
    {
      "topic": "iot/v1/tower",
      "when": { "^.frame_type": "real_time_data" },
      "each": "data",
      "time": { "path": "@timestamp", "format": "ms" },
      "frame": {
        "hookLoad": { "path": "weight", "unit": "t" },
        "hookHeight": "height",
        "radius": "range",
        "slewAngle": { "path": "rotation", "wrap": 360 },
        "windSpeed": "wind_speed",
        "tiltX": "dip_x",
        "tiltY": "dip_y",
        "operator": "driver_id_code"
      },
      "faults": [{ "path": "warning_type", "codes": { "moment": "moment_alarm", "wind": "wind_alarm" } }]
    }
  ]
}`

test('a mapping written from a document alone takes under 30 lines and reads the sample', async () => {
  expect(fromDocument.split('\n').length).toBeLessThan(30)
  const format = await loadMapping(await written('site-platform.json', fromDocument))
  const sample = {
    topic: 'iot/v1/tower',
    payload: {
      frame_type: 'real_time_data',
      equipment_type: 'tower',
      data: [
        { sn: 'T1', '@timestamp': 1_772_325_000_000, weight: 2.5, range: 40, rotation: -10, warning_type: ['moment'] },
        { sn: 'T2', '@timestamp': 1_772_325_000_000, weight: '0.4', driver_id_code: 'D7' },
      ],
    },
  }
  const { lines, ok } = await check(format, JSON.stringify(sample))
  expect(ok).toBe(true)
  expect(lines).toEqual([
    'iot/v1/tower',
    '  tower-crane T1',
    '  ✓ frame {"time":1772325000000,"hookLoad":2500,"radius":40,"slewAngle":350,"faults":["moment_alarm"]}',
    '  tower-crane T2',
    '  ✓ frame {"time":1772325000000,"hookLoad":400,"operator":"(keyed hash)"}',
  ])
})

test('what is wrong in a sample is told with its place', async () => {
  const format = await builtIn('edge-box')
  const { lines, ok } = await check(
    format,
    JSON.stringify([
      { topic: '/API/V1/Up/LiftState', payload: { elevatorNo: 'L1', doorStatus: 7 } },
      { topic: '/API/V1/Up/LiftFault', payload: { elevatorNo: 'L1', ErrorListBean: [{ faultType: 99 }] } },
      { topic: '/API/V2/Up/LiftState', payload: {} },
      { topic: '/API/V1/Up/LiftRunInfo', payload: {} },
    ]),
  )
  expect(ok).toBe(false)
  expect(lines).toContain('  ✗ doorStatus: 7 is none of 0, 1')
  expect(lines).toContain('  ✗ ErrorListBean[0].faultType: 99 is no code of the table')
  expect(lines.join()).toMatch(/no message has this topic: \/API\/V1\/Up\/LiftState, /)
  expect(lines.at(-1)).toBe('  (nothing to take)')
})

test('a sample without a topic is asked for it, and bytes are given in hex', async () => {
  const asked = await check(await builtIn('edge-box'), '{"elevatorNo":"L1"}')
  expect(asked).toMatchObject({ ok: false, lines: [expect.stringMatching(/say which topic it came on/)] })
  const { lines, ok } = await check(
    await builtIn('hoist-7a7a'),
    '{"hex": "7A7A010300000E00 3132333435363738 000102000841 DC7F 7B7B"}',
  )
  expect(ok).toBe(true)
  expect(lines).toContain('  ✓ status "online"')
  expect(lines.at(-1)).toMatch(/^ {2}← 7a7a0103000007000126/)
})
