import { describe, expect, test } from 'vitest'
import { paceOf, sendPaced } from './pace.ts'

const now = 1_795_000_000_000

describe('at speed 1', () => {
  test('each frame is sent at its own time', () => {
    const pace = paceOf(1, 600_000, now)
    expect(pace.startTime).toBe(now)
    expect(pace.sendAt(90_000)).toBe(pace.startTime + 90_000)
  })
})

describe('at a higher speed', () => {
  const durationMs = 600_000
  const pace = paceOf(20, durationMs, now)

  test('the frames keep their true durations and the last one’s time is when it is sent', () => {
    expect(pace.sendAt(durationMs)).toBe(now + 30_000)
    expect(pace.startTime + durationMs).toBe(pace.sendAt(durationMs))
  })

  test('no frame is from the future when it is sent', () => {
    for (let atMs = 0; atMs <= durationMs; atMs += 10_000) {
      expect(pace.startTime + atMs).toBeLessThanOrEqual(pace.sendAt(atMs))
    }
  })
})

test('frames are sent in order, and none any more once it is told to stop', async () => {
  const frames = [0, 40, 80, 120].map((time) => ({ frame: { time: now + time } }))
  const begun = Date.now()
  const pace = { startTime: now, sendAt: (atMs: number) => begun + atMs }
  const sent: number[] = []
  const stopping = new AbortController()
  await sendPaced(
    frames,
    pace,
    ({ frame }) => {
      sent.push(frame.time - now)
      if (sent.length === 3) stopping.abort()
    },
    stopping.signal,
  )
  expect(sent).toEqual([0, 40, 80])
  expect(Date.now() - begun).toBeGreaterThanOrEqual(79)
})
