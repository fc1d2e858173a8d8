import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtIn, readWith, receivedAt } from '../testing/read-with.ts'
import { crc16 } from './crc16.ts'
import { frame7a7a } from './format-7a7a.ts'
import { frame7e7e } from './format-7e7e.ts'
import { frameA55a } from './format-a55a.ts'
import { FrameCutter } from './frame-cutter.ts'
import { frameFormats } from './frame-formats.ts'
import { frameStreamReader } from './frame-reader.ts'

const [hoist, crane, site] = await Promise.all(['hoist-7a7a', 'crane-7e7e', 'site-a55a'].map(builtIn))
if (hoist === undefined || crane === undefined || site === undefined) throw new Error('no built-in mappings')

const version = Buffer.from([1, 4, 0])
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
const at = (time: string): number => Date.parse(`${time}+08:00`)

/** The data of a frame with fields written at their offsets in it. */
function data(length: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(length)
  write(bytes)
  return bytes
}

const hoistRealtime = (alarms = 0): Buffer =>
  frame7a7a(
    version,
    1,
    data(68, (bytes) => {
      bytes.write('12345678', 0)
      bytes.write('DRIVER07', 12)
      bytes.write('260301082958', 20, 'hex')
      bytes.writeUInt16LE(1850, 26)
      bytes.writeUInt16LE(456, 30)
      bytes.writeUInt16LE(6, 32)
      bytes[34] = 15
      bytes[35] = 11
      bytes.writeUInt16LE(alarms, 38)
      bytes.writeUInt16LE(1234, 44)
      bytes.writeInt16LE(-25, 46)
      bytes.write('500101199003074518', 50)
    }),
  )

const craneRealtime = (): Buffer =>
  frame7e7e(
    1,
    data(77, (bytes) => {
      bytes.write('TD0001', 0)
      bytes.write('500101199003074518', 8)
      bytes.write('260301082958', 26, 'hex')
      bytes.writeUInt16LE(4100, 40)
      bytes.writeUInt16LE(3821, 42)
      bytes.writeInt16LE(-305, 44)
      bytes.writeUInt16LE(208, 46)
      bytes.writeUInt16LE(1080, 48)
      bytes.writeInt16LE(-12, 50)
      bytes[58] = 2
      bytes.writeUInt32LE(0b10, 69)
      bytes.writeUInt32LE(2 ** 21 + 8, 73)
    }),
  )

describe('7A7A', () => {
  const topic = '7a7a/HO-1/up'

  test('frames recorded from a device hold: the CRC is XMODEM of the data, low byte first', () => {
    const recorded = hex('7A7A010300000E003132333435363738000102000841DC7F7B7B')
    expect(crc16(recorded.subarray(8, 22))).toBe(0x7fdc)
    expect(readWith(hoist, topic, recorded)).toMatchObject({
      devices: ['12345678'],
      bad: [],
      records: [['status', 'online']],
    })
    const realtime = hex(`7A7A0103000144003132333435363738000000000000000000000000000102000841000000000000000000
      000000000000000F0000000000000000000000000000000000000000000000000006637B7B`)
    const { bad } = readWith(hoist, topic, realtime)
    // It was sent by a clock that had never been set: month 1, day 2 of the year 0, hour 0, minute 8, second 41.
    expect(bad).toEqual([])
  })

  test('a real-time frame in its units, its driver as a hash, and nothing of the identity card', () => {
    const { records, bad } = readWith(hoist, topic, hoistRealtime(0b100_0010_0000))
    expect(bad).toEqual([])
    expect(records).toEqual([
      [
        'frame',
        {
          time: at('2026-03-01T08:29:58'),
          load: 1850,
          height: 45.6,
          speed: 0.6,
          floor: 15,
          people: 11,
          windSpeed: 12.34,
          tiltX: -0.25,
          tiltY: 0,
          operator: 'hash of DRIVER07',
          cageDoor: 'open',
          topLimit: false,
          bottomLimit: false,
          safetyDevice: 'tripped',
          faults: ['safety_device_tripped'],
        },
      ],
    ])
  })

  test('a clock more than a minute off is set right, one that is not is told so', () => {
    const heartbeat = (time: string) => frame7a7a(version, 0, Buffer.concat([Buffer.from('12345678'), hex(time)]))
    const answers = (time: string) => readWith(hoist, topic, heartbeat(time)).replies.map((it) => it.slice(0, -8))
    expect(answers('260301082901')).toEqual(['7a7a010400000100' + '00'])
    expect(answers('260301083059')).toEqual(['7a7a010400000100' + '00'])
    const set = '7a7a010400000700' + '01' + '260301083000'
    expect(answers('260301082859')).toEqual([set])
    expect(answers('260301083101')).toEqual([set])
    expect(answers('ffffffffffff')).toEqual([set])
    const [answer = ''] = readWith(hoist, topic, heartbeat('260301083000')).replies
    const bytes = hex(answer)
    expect([bytes.length, bytes.readUInt16LE(9)]).toEqual([13, crc16(bytes.subarray(8, 9))])
  })

  test('data kept while it was offline is answered, real-time data is not', () => {
    const offline = Buffer.from(hoistRealtime())
    offline[5] = 3
    expect(readWith(hoist, topic, offline)).toMatchObject({ records: [['frame', { load: 1850 }]], replies: [{}] })
    expect(readWith(hoist, topic, hoistRealtime()).replies).toEqual([])
  })

  test('a wrong CRC is told with both, and no identity number is in what is kept', () => {
    const broken = Buffer.from(hoistRealtime())
    broken[76] = (broken[76] ?? 0) ^ 0xff
    const { bad, records } = readWith(hoist, topic, broken)
    expect(records).toEqual([])
    expect(bad).toMatchObject([
      { badClass: 'checksum', reason: expect.stringMatching(/^CRC [0-9a-f]{4}, by its bytes/) },
    ])
    expect(bad[0]?.bytes?.length).toBe(80)
    expect(bad[0]?.bytes?.toString('latin1')).not.toMatch(/50010|DRIVER/)
  })
})

describe('7E7E', () => {
  const topic = '7e7e/TC-1/up'

  test('a real-time frame in its units, the slew angle brought into the circle', () => {
    const { records, bad, devices } = readWith(crane, topic, craneRealtime())
    expect([bad, devices]).toEqual([[], ['TD0001']])
    expect(records).toEqual([
      [
        'frame',
        {
          time: at('2026-03-01T08:29:58'),
          hookLoad: 2080,
          radius: 38.21,
          hookHeight: 41,
          slewAngle: 329.5,
          windSpeed: 10.8,
          tiltX: -0.12,
          tiltY: 0,
          falls: 2,
          operator: 'hash of 500101199003074518',
          faults: ['overload_prealarm', 'moment_alarm', 'limit_right'],
        },
      ],
    ])
  })

  test('heartbeats are answered, with the time where the clock is off', () => {
    const heartbeat = (time: string) => frame7e7e(0, Buffer.concat([Buffer.from('TD0001\0\0'), hex(time)]))
    const replies = (time: string) => readWith(crane, topic, heartbeat(time)).replies
    expect(replies('260301083000')).toEqual(['7e7e11000100' + '0000' + '7d7d'])
    expect(replies('200101000000')).toEqual(['7e7e11000700' + '01260301083000' + '00' + '7d7d'])
    const offline = Buffer.from(craneRealtime())
    offline[3] = 3
    expect(readWith(crane, topic, offline)).toMatchObject({ records: [['frame', {}]], replies: ['7e7e11030000007d7d'] })
  })
})

describe('A55A', () => {
  const topic = 'a55a/GW-1/up'
  const crane0c = frameA55a(0x0c, hex('01 000311 02 260301082958 05 019A 017E 042E 0820 006C 0003 1B 1B 5A 05 0D 00'))

  test('a crane and a cage of a hoist are two devices of one mapping', () => {
    const login = hex('A55A01110000011207CC33C33C')
    const realtime = hex('A55A1011000001200910010101101020171819202122232411111111C41CCC33C33C')
    const { devices, kinds, records, bad, replies } = readWith(site, topic, Buffer.concat([crane0c, login, realtime]))
    expect(bad).toEqual([])
    expect([devices, kinds]).toEqual([
      ['000311', '11000001'],
      ['tower-crane', 'hoist'],
    ])
    expect(records[0]).toEqual([
      'frame',
      {
        time: at('2026-03-01T08:29:58'),
        hookLoad: 2080,
        radius: 38.2,
        hookHeight: 41,
        slewAngle: 107,
        windSpeed: 10.8,
        tiltX: 0.3,
        faults: ['moment_alarm'],
      },
    ])
    expect(records[1]).toMatchObject(['frame', { time: at('2020-09-10T01:01:01'), people: 23, height: 616.9 }])
    expect(replies).toEqual([frameA55a(0x02, hex('11000001 01 0F 260301083000')).toString('hex')])
  })

  test('the tail may stand in the data', () => {
    const frame = frameA55a(0x3d, hex('01 000311 CC33C33C 00'))
    expect(new FrameCutter(frameFormats.a55a).push(frame)).toEqual([frame])
  })

  test('a wrong sum or length is no frame', () => {
    for (const index of [4, crane0c.length - 5, crane0c.length - 6]) {
      const broken = Buffer.from(crane0c)
      broken[index] = (broken[index] ?? 0) ^ 1
      const { records, bad } = readWith(site, topic, broken)
      expect(records).toEqual([])
      expect(bad).toHaveLength(1)
    }
  })
})

const samples = {
  '7a7a': [hoistRealtime(), hoistRealtime(1), frame7a7a(version, 9, Buffer.from('12345678x'))],
  '7e7e': [craneRealtime(), frame7e7e(0, Buffer.alloc(14, 0x41)), frame7e7e(7, Buffer.from('TD0001'))],
  a55a: [
    frameA55a(0x0c, Buffer.alloc(30, 7)),
    frameA55a(0x10, Buffer.alloc(25, 1)),
    frameA55a(0x3d, Buffer.from('whatever')),
  ],
} as const

describe.each(Object.keys(samples) as (keyof typeof samples)[])('a stream of %s', (name) => {
  const { head } = frameFormats[name]
  const frames = fc.array(fc.constantFrom(...samples[name]), { minLength: 1, maxLength: 6 })
  /** Bytes in which no head begins, nor with what follows them. */
  const garbage = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== head[0])))
  const cutsOf = (cuts: ReturnType<FrameCutter['push']>) => cuts.filter((cut) => Buffer.isBuffer(cut))

  test('is cut into its frames however it is chunked and whatever stands between them', () => {
    fc.assert(
      fc.property(
        frames,
        fc.array(garbage, { minLength: 7, maxLength: 7 }),
        fc.array(fc.nat(60)),
        (sent, between, sizes) => {
          const stream = Buffer.concat(sent.flatMap((frame, i) => [between[i] ?? Buffer.alloc(0), frame]))
          const cutter = new FrameCutter(frameFormats[name])
          const found: Buffer[] = []
          let from = 0
          for (const size of [...sizes, stream.length]) {
            found.push(...cutsOf(cutter.push(stream.subarray(from, from + size))))
            from += size
          }
          found.push(...cutsOf(cutter.end()))
          expect(found.map((it) => it.toString('hex'))).toEqual(sent.map((it) => it.toString('hex')))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('goes on after a frame that was damaged or cut short', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples[name]),
        fc.nat(200),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (frame, index, flip, cut) => {
          const damaged = Buffer.from(frame)
          const place = index % frame.length
          damaged[place] = (damaged[place] ?? 0) ^ flip
          const first = cut ? frame.subarray(0, place) : damaged
          const cutter = new FrameCutter(frameFormats[name])
          const stream = Buffer.concat([first, frame, frame, frame, frame, frame, frame, frame, frame])
          const found = cutsOf([...cutter.push(stream), ...cutter.end()]).map((it) => it.toString('hex'))
          expect(found.slice(-4)).toEqual(Array(4).fill(frame.toString('hex')))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('loses no byte: frames and what is none are all that was sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...samples[name], head), fc.uint8Array({ maxLength: 30 }))),
        (parts) => {
          const stream = Buffer.concat(parts)
          const cutter = new FrameCutter(frameFormats[name])
          const cuts = [...cutter.push(stream), ...cutter.end()]
          const lengths = cuts.map((cut) => (Buffer.isBuffer(cut) ? cut.length : 0))
          // Of what is no frame something may be masked, and of frames of people only the head is kept.
          for (const cut of cuts) if (!Buffer.isBuffer(cut)) expect(cut.bytes?.length).toBeGreaterThan(0)
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(stream.length)
          expect(stream.length === 0 || cuts.length > 0).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('never makes the reader throw, and keeps little of endless rubbish', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...samples[name], head), fc.uint8Array({ maxLength: 80 }))),
        (chunks) => {
          const reader = frameStreamReader(name, 'Asia/Shanghai')
          for (const chunk of chunks) reader.read(Buffer.from(chunk), {}, receivedAt)
        },
      ),
      { numRuns: 500 },
    )
    const cutter = new FrameCutter(frameFormats[name])
    let told = 0
    for (let i = 0; i < 2_000; i++) {
      const cuts = cutter.push(Buffer.concat([head, Buffer.alloc(50, head[1])]))
      for (const cut of cuts) told += Buffer.isBuffer(cut) ? 0 : (cut.bytes?.length ?? 0)
    }
    expect(told).toBeGreaterThan(0)
  })
})
