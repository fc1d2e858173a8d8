import { defineRule, reportedSource, setting } from '../rule.ts'

const source = 'the hoist’s registered maxPeople, driver included (commonly 9)'

/** 超员: more people in the cage than it is registered for. */
export const tooManyPeople = defineRule({
  name: 'too_many_people',
  kinds: ['hoist'],
  version: 1,
  reports: { slugs: ['people_alarm'], severity: 'warning', lifeSafety: false, source: reportedSource },
  title: { zh: '超员', en: 'Too many people' },
  predicate: {
    zh: '吊笼内人数（含司机）超过核定人数。',
    en: 'More people in the cage, driver included, than registered.',
  },
  settings: { holdSeconds: setting(2, 's', 'a count is unsettled while people step in and out', 'design') },
  bind: ({ parameters: { maxPeople } }, { holdSeconds }) => {
    return ({ people }) => {
      if (people === undefined) return undefined
      if (people <= maxPeople) return false
      return {
        severity: 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { people },
        limit: { value: maxPeople, unit: 'persons', source },
      }
    }
  },
})
