import { beforeAll, describe, expect, test, vi } from 'vitest'
import { hasPostgres } from '../postgres-server.ts'
import { auditNight, type NightAudit } from './audit-night.ts'
import { type NightRecord, playNight } from './night.ts'

vi.setConfig({ hookTimeout: 600_000 })

/** The long form (`pnpm test:night`) allows 2 s; other tests may keep the processors busy for longer than that. */
const latestMs = 10_000

// A second of the clock is a minute of the night: 40 incidents in 20 min, the last case ends half an hour later.
describe.skipIf(!hasPostgres)(
  'a short night with failing channels, two desks, and one of them killed every 8 s',
  () => {
    let night: NightRecord
    let audit: NightAudit

    beforeAll(async () => {
      night = await playNight({
        seed: 96_333,
        incidents: 40,
        factor: 60,
        nightSeconds: 1_200,
        killEveryMs: 8_000,
        failing: 0.05,
        channelSeconds: 2,
        say: () => undefined,
      })
      audit = auditNight(night, latestMs)
    })
    const faultsOf = (check: string): readonly string[] => audit.faults.filter((fault) => fault.startsWith(check))

    test('each desk was killed', () => expect(night.kills).toBeGreaterThanOrEqual(2))
    test('every case ends right', () => expect(faultsOf('ending')).toEqual([]))
    test('no step is doubled or taken out of turn', () => expect(faultsOf('steps')).toEqual([]))
    test('no clock is missed, and none acted on before it is due', () => expect(faultsOf('clocks')).toEqual([]))
    test('every timeline verifies, and says what it said before', () => expect(faultsOf('chain')).toEqual([]))
    test('every notice is recorded, also one not sent', () => expect(faultsOf('notices')).toEqual([]))
    test('every attempt at a channel is recorded as it went', () => expect(faultsOf('deliveries')).toEqual([]))
    test('every request to 119 and 120 is recorded and acknowledged', () => expect(faultsOf('linkage')).toEqual([]))
    test('nothing else is amiss', () => expect(audit.faults).toEqual([]))
  },
)
