import { defineRule, exceeds, setting, type Verdict } from '../rule.ts'

const source = 'beyond the last landing: the final limit switch acts there (GB/T 7588.1-2020 5.12.2)'

const settings = {
  distance: setting(0.3, 'm', 'more than re-levelling ever needs', 'design', 'lower'),
  holdSeconds: setting(1, 's', 'one reading of a slipping encoder is no overtravel', 'design'),
}

/** @param beyond how far the car is beyond the landing, m */
const overtravel = (beyond: number, position: number, distance: number, holdSeconds: number): Verdict =>
  exceeds(beyond, distance) && {
    severity: 'critical',
    lifeSafety: true,
    confidence: 'confirmed',
    holdMs: holdSeconds * 1000,
    measured: { position, beyond },
    limit: { value: distance, unit: 'm', source },
  }

const codeSource = (code: number): string => `controller code ${code} (Chongqing extension of GB/T 24476-2017)`

/** 冲顶: the car is above the highest landing. */
export const overtravelTop = defineRule({
  name: 'overtravel_top',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['top_overrun'], severity: 'critical', lifeSafety: true, source: codeSource(92) },
  title: { zh: '冲顶', en: 'Overtravel at the top' },
  predicate: {
    zh: '轿厢越过最高层站超过设定距离，或控制器上报代码 92。',
    en: 'The car is further above the highest landing than set, or the controller sends code 92.',
  },
  settings,
  bind: ({ parameters: { travel } }, { distance, holdSeconds }) => {
    return ({ position }) => {
      return position === undefined ? undefined : overtravel(position - travel, position, distance, holdSeconds)
    }
  },
})

/** 蹲底: the car is below the lowest landing. */
export const overtravelBottom = defineRule({
  name: 'overtravel_bottom',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['pit_overrun'], severity: 'critical', lifeSafety: true, source: codeSource(91) },
  title: { zh: '蹲底', en: 'Overtravel at the bottom' },
  predicate: {
    zh: '轿厢低于最低层站超过设定距离，或控制器上报代码 91。',
    en: 'The car is further below the lowest landing than set, or the controller sends code 91.',
  },
  settings,
  bind: (_equipment, { distance, holdSeconds }) => {
    return ({ position }) => {
      return position === undefined ? undefined : overtravel(-position, position, distance, holdSeconds)
    }
  },
})
