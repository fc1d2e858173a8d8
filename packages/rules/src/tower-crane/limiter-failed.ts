import { defineRule, type Finding, reaches, setting } from '../rule.ts'
import { capacityAt } from './load-chart.ts'

const source = 'GB 5144-2006 6.1 and 6.2: the limiter acts above rated and before 110 %'

/** 限制器失效: so far beyond the rated moment or load that the limiter must have acted, and did not. */
export const limiterFailed = defineRule({
  name: 'limiter_failed',
  kinds: ['tower-crane'],
  version: 1,
  title: { zh: '力矩/起重量限制器失效', en: 'Limiter failed' },
  predicate: {
    zh: '起重力矩或起重量达到额定值的 110 %：限制器此前应已动作。',
    en: 'Moment or load from 110 % of rated: the limiter must have acted before that.',
  },
  settings: {
    ratio: setting(1.1, '× rated', source, 'V2', 'lower'),
    holdSeconds: setting(1, 's', 'a swinging load overshoots for moments', 'design'),
    minimumLoad: setting(100, 'kg', 'below it the load cell reads its own noise', 'design'),
  },
  bind: ({ parameters }, { ratio, holdSeconds, minimumLoad }) => {
    const { maxLoad } = parameters
    const found = (measured: Finding['measured'], limit: number): Finding => ({
      severity: 'critical',
      lifeSafety: false,
      confidence: 'confirmed',
      holdMs: holdSeconds * 1000,
      measured,
      limit: { value: limit, unit: 'kg', source },
    })
    return ({ hookLoad, radius, falls }) => {
      if (hookLoad === undefined) return undefined
      if (hookLoad < minimumLoad) return false
      if (reaches(hookLoad, ratio * maxLoad)) return found({ hookLoad, ratio: hookLoad / maxLoad }, ratio * maxLoad)
      const capacity = radius === undefined ? undefined : capacityAt(parameters, radius, falls)
      if (radius === undefined || capacity === undefined) return undefined
      if (!reaches(hookLoad, ratio * capacity)) return false
      const share = capacity > 0 ? { ratio: hookLoad / capacity } : {}
      return found({ hookLoad, radius, capacity, ...share }, ratio * capacity)
    }
  },
})
