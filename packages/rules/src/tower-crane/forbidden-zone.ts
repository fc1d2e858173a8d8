import { defineRule, reportedSource, setting } from '../rule.ts'
import { enters, inside, underJib } from './plan.ts'

const source = 'the zone as registered for this crane (GB 5144-2006 10; site plan)'

/** 禁区: the load, or the jib, is over ground it may not be over. */
export const forbiddenZone = defineRule({
  name: 'forbidden_zone',
  kinds: ['tower-crane'],
  version: 1,
  reports: { slugs: ['zone_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '进入禁区', en: 'Forbidden zone' },
  predicate: {
    zh: '平面上起重臂进入禁区预警，吊钩（吊物）进入禁区报警。停用状态（自由回转）不判定。',
    en: 'In plan: the jib over a forbidden zone warns, the hook with its load over it alarms. Not judged out of service, when the jib turns with the wind.',
  },
  settings: { holdSeconds: setting(1, 's', 'one noisy angle is no entry', 'design') },
  bind: ({ parameters }, { holdSeconds }) => {
    const { position, jibLength, forbiddenZones } = parameters
    return ({ slewAngle, radius, state }) => {
      if (forbiddenZones.length === 0 || state === 'out_of_service') return false
      if (slewAngle === undefined) return undefined
      const hook = radius === undefined ? undefined : underJib(position, slewAngle, radius)
      const underLoad = hook && forbiddenZones.find(({ polygon }) => inside(hook, polygon))
      const root = [position.east, position.north] as const
      const tip = underJib(position, slewAngle, jibLength)
      const zone = underLoad ?? forbiddenZones.find(({ polygon }) => enters(root, tip, polygon))
      if (zone === undefined) return false
      return {
        severity: underLoad ? 'major' : 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: {
          zone: zone.name,
          part: underLoad ? 'load' : 'jib',
          slewAngle,
          ...(radius === undefined ? {} : { radius }),
        },
        limit: { value: zone.name, unit: 'zone', source },
      }
    }
  },
})
