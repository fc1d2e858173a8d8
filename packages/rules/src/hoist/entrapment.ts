import { carSpeed } from '../car-speed.ts'
import { occupantMemory, occupantSettings, stillOccupied } from '../occupant.ts'
import { defineRule, setting } from '../rule.ts'

const source = 'as for lifts: practice of deployed 96333 software, 30 s between landings'

/** 困人: people in a cage that stands between landings. The driver counts as one. */
export const hoistEntrapment = defineRule({
  name: 'entrapment',
  kinds: ['hoist'],
  version: 4,
  remembers: occupantMemory,
  title: { zh: '困人', en: 'Entrapment' },
  predicate: {
    zh: '吊笼在层站之间静止、内有人员（含司机）达到设定时间。',
    en: 'The cage stands between landings with people in it, the driver included, for the set time.',
  },
  settings: {
    betweenLandingsSeconds: setting(30, 's', source, 'V code'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
    landingDistance: setting(0.3, 'm', 'further from a landing nobody steps out', 'design'),
    ...occupantSettings,
  },
  bind: ({ parameters: { landings } }, settings) => {
    const { betweenLandingsSeconds, stoppedSpeed, landingDistance, personLoad } = settings
    return (frame, circumstances) => {
      const { height, people, load, cageDoor } = frame
      if (landings === undefined) return false
      const atLanding = height !== undefined && landings.some((it) => Math.abs(height - it) <= landingDistance)
      const seen = people !== undefined ? people > 0 : load === undefined ? undefined : load >= personLoad
      const wayOut = (atLanding || height === undefined) && cageDoor !== 'closed'
      const manned = stillOccupied(seen, wayOut, circumstances, settings)
      const speed = carSpeed(frame, circumstances.base)
      if (speed !== undefined && Math.abs(speed) > stoppedSpeed) return false
      if (height === undefined) return undefined
      if (atLanding) return false
      // Nobody leaves a cage between landings: once it is told, a count that drops ends nothing.
      if (manned !== true) return manned === false && !circumstances.opened ? false : undefined
      if (speed === undefined) return undefined
      return {
        severity: 'critical',
        lifeSafety: true,
        confidence: 'suspected',
        holdMs: betweenLandingsSeconds * 1000,
        // Without mains it stays where it is, and what reports it may fall silent at once.
        ...(frame.power === 'off' ? { doubtful: false } : {}),
        measured: {
          height,
          speed,
          ...(people === undefined ? {} : { people }),
          ...(load === undefined ? {} : { load }),
        },
        limit: { value: betweenLandingsSeconds, unit: 's', source },
      }
    }
  },
})
