import { describe, expect, test } from 'vitest'
import { builtIn, frameOf, mappingOf, readWith, receivedAt } from '../testing/read-with.ts'
import { vendorCodes } from '../vendor-codes.ts'

/** The traps of domain.md §7.4, each as a device would set it. */
const [edgeBox, deye, yunzhu] = await Promise.all(['edge-box', 'deye', 'yunzhu'].map(builtIn))
if (edgeBox === undefined || deye === undefined || yunzhu === undefined) throw new Error('no built-in mappings')

const crane = { HxzFactory: 'DEYE', HxzId: '18090311', RTime: '2026-03-01 08:29:58' }
const craneTopic = 'BIM/Sets/zhgd/DEYE/18090311/RealtimeDataCrane'
const hoistTopic = 'BIM/Sets/zhgd/DEYE/18090302/RealtimeDataElevator'
const craneFrame = (fields: object) => frameOf(deye, craneTopic, { ...crane, ...fields })

test('some feeds send kilograms, C to F tonnes', () => {
  expect(craneFrame({ Weight: 2.08 }).hookLoad).toBe(2080)
  expect(craneFrame({ Weight: '2.08' }).hookLoad).toBe(2080)
  const hoist = { HxzId: '18090302', RTime: '2026-03-01 08:29:58', RealtimeWeight: 0.9, RealtimePeople: 12 }
  expect(frameOf(deye, hoistTopic, hoist)).toMatchObject({ load: 900, people: 12 })
  const kilograms = mappingOf({ kind: 'hoist', messages: [{ topic: 't', time: 'received', frame: { load: 'w' } }] })
  expect(frameOf(kilograms, 't', { w: 900 }).load).toBe(900)
})

test('Moment is a percentage in one and kN·m in another: it is taken for neither load nor moment', () => {
  const percent = craneFrame({ Weight: 2, Moment: 97, MomentAlarm: 0 })
  expect(percent).toEqual({ time: receivedAt - 2_000, hookLoad: 2000, faults: [] })
  const live = {
    deviceId: 'c',
    deviceTime: '2026-03-01 08:29:58',
    liftingCapacity: 2,
    ratedMoment: 1600,
    momentPercent: 97,
  }
  expect(frameOf(yunzhu, 'upload.towerCraneLiveData', live)).toEqual({ time: receivedAt - 2_000, hookLoad: 2000 })
})

test('the direction is 1, 2, 3 in the edge box and 0, 1, 2 by GB/T 24476', () => {
  const topic = '/API/V1/Up/LiftState'
  const speed = (runningDirection: number) =>
    frameOf(edgeBox, topic, { elevatorNo: 'L1', currentSpeed: 1.75, runningDirection }).speed
  expect([1, 2, 3].map(speed)).toEqual([1.75, -1.75, 0])
  expect(readWith(edgeBox, topic, { elevatorNo: 'L1', currentSpeed: 1, runningDirection: 0 }).bad).toMatchObject([
    { path: 'runningDirection', reason: '0 is none of 1, 2, 3' },
  ])
  const gb = mappingOf({
    kind: 'elevator',
    messages: [
      {
        topic: 't',
        time: 'received',
        frame: { speed: { path: 'Speed', times: { path: 'Car_Direction', values: { 0: 0, 1: 1, 2: -1 } } } },
      },
    ],
  })
  expect([0, 1, 2].map((Car_Direction) => frameOf(gb, 't', { Speed: 2, Car_Direction }).speed)).toEqual([0, 2, -2])
})

describe('doors', () => {
  const doors = (values: object) =>
    mappingOf({
      kind: 'elevator',
      messages: [{ topic: 't', time: 'received', frame: { door: { path: 'd', values } } }],
    })

  test('true is shut by GB/T 24476, 0 is open in the edge box', () => {
    const gb = doors({ true: 'closed', false: 'open' })
    expect([true, false].map((d) => frameOf(gb, 't', { d }).door)).toEqual(['closed', 'open'])
    const state = (doorStatus: number) =>
      frameOf(edgeBox, '/API/V1/Up/LiftState', { elevatorNo: 'L1', doorStatus }).door
    expect([0, 1].map(state)).toEqual(['open', 'closed'])
  })

  test('four values in a site hoist say two doors', () => {
    const state = (OutDoorStatus: number) => {
      const { cageDoor, landingGate } = frameOf(deye, hoistTopic, {
        HxzId: 'h',
        RTime: '2026-03-01 08:29:58',
        OutDoorStatus,
      })
      return [cageDoor, landingGate]
    }
    expect([0, 1, 2, 3].map(state)).toEqual([
      ['closed', 'closed'],
      ['open', 'open'],
      ['open', 'closed'],
      ['closed', 'open'],
    ])
  })

  test('seven values of the Chongqing push, and an eighth is an error and not a guess', () => {
    const push = doors({
      0: 'unknown',
      1: 'closing',
      2: 'closed',
      3: 'opening',
      4: 'open',
      5: 'closed',
      6: 'obstructed',
    })
    const found = [0, 1, 2, 3, 4, 5, 6].map((d) => frameOf(push, 't', { d }).door)
    expect(found).toEqual(['unknown', 'closing', 'closed', 'opening', 'open', 'closed', 'obstructed'])
    expect(readWith(push, 't', { d: 7 }).bad).toMatchObject([{ badClass: 'schema', path: 'd' }])
  })
})

test('floorStatus 0 is level with the landing', () => {
  const shmashine = mappingOf({
    kind: 'elevator',
    messages: [
      { topic: 't', time: 'received', frame: { inDoorZone: { path: 'floorStatus', values: { 0: true, 1: false } } } },
    ],
  })
  expect([0, 1].map((floorStatus) => frameOf(shmashine, 't', { floorStatus }).inDoorZone)).toEqual([true, false])
})

test('1 is an alarm and 2 is a pre-alarm: the larger is the lesser', () => {
  const faults = (MomentAlarm: number) => craneFrame({ MomentAlarm }).faults
  expect([0, 1, 2].map(faults)).toEqual([[], ['moment_alarm'], ['moment_prealarm']])
})

test('Obliguity is the tilt, and Angle, round and rotation are the slew angle', () => {
  expect(craneFrame({ ObliguityX: 0.1, ObliguityY: -0.2, Angle: -90 })).toMatchObject({
    tiltX: 0.1,
    tiltY: -0.2,
    slewAngle: 270,
  })
  const live = { deviceId: 'c', deviceTime: '2026-03-01 08:29:58', round: 107.02 }
  expect(frameOf(yunzhu, 'upload.towerCraneLiveData', live).slewAngle).toBe(107.02)
})

test('code 5 is another fault in each scheme, and no scheme falls back on another', () => {
  const slug = (codes: string, code: unknown) => {
    const format = mappingOf({
      kind: 'elevator',
      messages: [{ topic: 't', events: [{ code: 'c', codes, time: 'received', active: { value: true } }] }],
    })
    const { records, bad } = readWith(format, 't', { c: code })
    return bad.length > 0 ? 'unknown' : String(records[0]?.[1].code)
  }
  expect(slug('gbt24476-2017', 5)).toBe('unintended_car_movement')
  expect(slug('lift-terminal-a', 5)).toBe('moving_with_door_open')
  expect(slug('edge-box', 5)).toBe('pit_overrun')
  expect(slug('websocket-terminal', 5)).toBe('overspeed')
  expect(slug('binary-terminal-21', '05')).toBe('entrapment')
  expect(slug('special-equipment', '11')).toBe('entrapment')
  expect(slug('province-push', '11')).toBe('overspeed')
  expect(slug('province-push', 5)).toBe('unknown')
  expect(slug('gbt24476-2017', 93)).toBe('unknown')
  expect(new Set(Object.values(vendorCodes)).size).toBe(Object.keys(vendorCodes).length)
})

describe('faults that last', () => {
  const topic = '/API/V1/Up/LiftFault'
  const fault = (faultEndTime: unknown) => ({
    elevatorNo: 'L1',
    ErrorListBean: [{ keyId: 'k', faultType: 1, faultBeginTime: '2026-03-01 08:20:00', faultEndTime }],
  })
  const begun = Date.parse('2026-03-01T08:20:00+08:00')

  test.each(['', null, undefined])('an end of %j is none: it lasts', (end) => {
    expect(readWith(edgeBox, topic, fault(end)).records).toEqual([
      ['event', { time: begun, code: 'entrapment', active: true }],
    ])
  })

  test('one that is over says both, since the beginning may never have come', () => {
    expect(readWith(edgeBox, topic, fault('2026-03-01 08:25:00')).records).toEqual([
      ['event', { time: begun, code: 'entrapment', active: true }],
      ['event', { time: begun + 300_000, code: 'entrapment', active: false }],
    ])
  })

  test('start, stop and pulse are three things', () => {
    const dahua = mappingOf({
      kind: 'elevator',
      messages: [
        {
          topic: 't',
          events: [
            {
              code: 'szAlarmType',
              codes: { trapped: 'entrapment' },
              time: 'received',
              active: { path: 'nAction', values: { 0: null, 1: true, 2: false } },
            },
          ],
        },
      ],
    })
    const actions = [0, 1, 2].map((nAction) => readWith(dahua, 't', { szAlarmType: 'trapped', nAction }).records)
    expect(actions.map((records) => records.map(([, event]) => event.active))).toEqual([[], [true], [false]])
  })
})

test('of several entries for one topic each has the levels that it names', () => {
  const format = mappingOf({
    kind: 'hoist',
    messages: [
      { topic: 'up/+/state', when: { type: 'hello' } },
      { topic: 'up/{id}/{what}', device: '{id}', time: 'received', frame: { load: 'kg' } },
    ],
  })
  expect(readWith(format, 'up/H1/state', { kg: 5 })).toMatchObject({ devices: ['H1'], bad: [] })
})

test("a device's wrong clock is kept as it is: the record's receivedAt stands beside it", () => {
  expect(craneFrame({ RTime: '2025-12-24 18:00:00' }).time).toBe(Date.parse('2025-12-24T18:00:00+08:00'))
})

test('names and identity numbers are dropped or hashed, in what is not understood as well', () => {
  const person = { Name: '张三', IdNo: '500101199003074518' }
  expect(JSON.stringify(readWith(deye, craneTopic, { ...crane, ...person }).records)).not.toMatch(/张三|500101/)
  const hoist = frameOf(deye, hoistTopic, { HxzId: 'h', RTime: '2026-03-01 08:29:58', ...person })
  expect(hoist.operator).toBe('hash of 500101199003074518')
  const others = { phone: '13900000000', Tel: '13900000000', userName: '张三', IDNO: '500101199003' }
  const [masked] = readWith(deye, craneTopic, { ...crane, ...others, WorkStatus: 9 }).bad
  expect(masked?.text).not.toMatch(/张三|139|500101/)
  const cut = JSON.stringify({ ...crane, ...person })
  for (const payload of [
    { ...crane, ...person, WorkStatus: 9 },
    { ...person, RTime: 'today' },
    { RTime: person.IdNo },
    cut.slice(0, -1),
    cut.slice(0, cut.indexOf('4518')),
  ]) {
    const { bad } = readWith(deye, craneTopic, payload)
    expect(bad.length).toBeGreaterThan(0)
    for (const { text, reason } of bad) {
      expect(text).not.toMatch(/张三|500101199003/)
      expect(text?.length).toBeGreaterThan(10)
      expect(reason).not.toMatch(/张三|500101199003/)
    }
  }
})
