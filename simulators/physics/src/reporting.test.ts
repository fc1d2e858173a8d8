import { describe, expect, test } from 'vitest'
import { PeopleDetector } from './people-detector.ts'
import { createRandom } from './random.ts'
import { Reporting, type ReportingProfile } from './reporting.ts'

const clean: ReportingProfile = {
  gauges: { load: { noise: 0, decimals: 0 } },
  contacts: {},
  link: {
    loss: 0,
    doubled: 0,
    heldUp: 0,
    heldUpSeconds: 0,
    leastLatencyMs: 0,
    latencyMs: 0,
    outagesPerDay: 1e-9,
    outageSeconds: 1,
    buffered: 0,
  },
  stuck: { field: 'load', by: 50 },
  implausible: { field: 'load', value: 99_999 },
}
const frame = (second: number, load = 300) => ({ time: second * 1000, load, door: 'closed', seq: 0 })
const of = (profile: Partial<ReportingProfile>, seed = 'a') =>
  new Reporting<ReturnType<typeof frame>>({ profile: { ...clean, ...profile }, seed, startTime: 0 })
/** A frame each second for so long, as it arrives. */
function sent(reporting: ReturnType<typeof of>, seconds: number, from = 0) {
  return Array.from({ length: seconds }, (_, i) => reporting.send(reporting.switches(frame(from + i)))).flat()
}

test('nothing errs: what arrives is the truth, numbered one by one', () => {
  expect(sent(of({}), 3)).toEqual([0, 1, 2].map((i) => ({ at: i * 1000, frame: { ...frame(i), seq: i } })))
})

test('the same seed gives the same errors, another seed others', () => {
  const noisy = { gauges: { load: { noise: 5, drift: 3, decimals: 0 } }, link: { ...clean.link, loss: 0.1 } }
  expect(sent(of(noisy), 500)).toEqual(sent(of(noisy), 500))
  expect(sent(of(noisy), 500)).not.toEqual(sent(of(noisy, 'b'), 500))
})

test('a gauge has the noise that is told, and its zero wanders as far as told', () => {
  const zeros = Array.from({ length: 400 }, (_, seed) => {
    const reporting = of({ gauges: { load: { noise: 2, drift: 10, driftHours: 1, decimals: 2 } } }, String(seed))
    const read = sent(reporting, 50, 40_000).map((it) => it.frame.load)
    return read.reduce((sum, value) => sum + value, 0) / read.length - 300
  })
  expect(Math.sqrt(zeros.reduce((sum, zero) => sum + zero * zero, 0) / zeros.length)).toBeCloseTo(10, -1)
  const noise = sent(of({ gauges: { load: { noise: 2, decimals: 2 } } }), 5_000).map((it) => it.frame.load - 300)
  expect(Math.sqrt(noise.reduce((sum, error) => sum + error * error, 0) / noise.length)).toBeCloseTo(2, 0)
})

test('a dirty contact is wrong for one reading, as often as told', () => {
  const read = sent(of({ contacts: { door: { perDay: 400, shows: { closed: 'open' } } } }), 86_400)
  const wrong = read.map(({ frame: { door } }) => door === 'open')
  expect(wrong.filter(Boolean).length).toBeGreaterThan(300)
  expect(wrong.filter(Boolean).length).toBeLessThan(500)
})

describe('a people detector', () => {
  const errors = { stillSeconds: 10, losesEverySeconds: 20, lostSeconds: 2, ghostsPerDay: 50 }
  test('loses those who stand still for moments, and finds them when somebody moves', () => {
    const detector = new PeopleDetector(createRandom('still'), errors, 0)
    const shown = Array.from({ length: 6_000 }, (_, i) => detector.read(2, i * 100))
    expect(shown.slice(0, 100)).not.toContain(0)
    const lost = shown.filter((people) => people === 0).length / shown.length
    expect(lost).toBeGreaterThan(0.03)
    expect(lost).toBeLessThan(0.2)
    expect(detector.read(3, 600_100)).toBe(3)
  })

  test('sees somebody in an empty car now and then', () => {
    const detector = new PeopleDetector(createRandom('ghost'), errors, 0)
    const ghosts = Array.from({ length: 86_400 }, (_, i) => detector.read(0, i * 1000)).filter((people) => people > 0)
    expect(ghosts.length).toBeGreaterThan(25)
    expect(ghosts.length).toBeLessThan(90)
  })
})

describe('the link', () => {
  test('loses, doubles and holds up as many as told, and keeps the order of the rest', () => {
    const link = { ...clean.link, loss: 0.02, doubled: 0.03, heldUp: 0.01, heldUpSeconds: 3, latencyMs: 80 }
    const arrived = sent(of({ link }), 20_000)
    const counters = arrived.map(({ frame: { seq } }) => seq)
    const distinct = new Set(counters).size
    expect(20_000 - distinct).toBeGreaterThan(300)
    expect(20_000 - distinct).toBeLessThan(500)
    expect(arrived.length - distinct).toBeGreaterThan(450)
    expect(arrived.length - distinct).toBeLessThan(750)
    const late = arrived.filter(({ at, frame: { time } }) => at - time > 1_000).length
    expect(late).toBeGreaterThan(80)
  })

  test('keeps what was not sent in an outage and sends it afterwards, or loses it', () => {
    const link = { ...clean.link, outagesPerDay: 24, outageSeconds: 60 }
    const kept = sent(of({ link: { ...link, buffered: 1 } }), 86_400)
    expect(kept.length).toBeGreaterThan(86_300)
    expect(kept.some(({ at, frame: { time } }) => at - time > 20_000)).toBe(true)
    const lost = 86_400 - sent(of({ link }), 86_400).length
    expect(lost).toBeGreaterThan(600)
    expect(lost).toBeLessThan(3_000)
  })
})

describe('what is injected is labelled', () => {
  test('a stuck gauge, once the truth has moved away from it', () => {
    const reporting = of({})
    reporting.inject('sensor_stuck')
    expect(reporting.send(frame(1, 300))[0]?.frame.load).toBe(300)
    expect(reporting.fault).toBeUndefined()
    expect(reporting.send(frame(2, 900))[0]?.frame.load).toBe(300)
    expect(reporting.fault).toEqual({ name: 'sensor_stuck', since: 2_000 })
    reporting.release()
    expect(reporting.send(frame(3, 900))[0]?.frame.load).toBe(900)
    expect(reporting.fault).toBeUndefined()
  })

  test('a value that cannot be, a wrong clock, a broken link', () => {
    const reporting = of({})
    reporting.inject('sensor_implausible')
    expect(reporting.send(frame(1))[0]?.frame.load).toBe(99_999)
    expect(reporting.fault).toEqual({ name: 'sensor_implausible', since: 1_000 })
    reporting.release()
    reporting.inject('clock_skew')
    expect(reporting.send(frame(2))).toEqual([{ at: 2_000, frame: { ...frame(182), seq: 1 } }])
    expect(reporting.fault?.name).toBe('clock_skew')
    reporting.release()
    reporting.inject('offline')
    expect(reporting.send(frame(3))).toEqual([])
    expect(reporting.fault).toEqual({ name: 'offline', since: 3_000 })
    reporting.release()
    expect(reporting.send(frame(4))[0]?.frame).toEqual({ ...frame(4), seq: 3 })
  })
})
