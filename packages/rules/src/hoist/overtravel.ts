import { defineRule, exceeds, reportedSource, type SettingValues, setting, type Verdict } from '../rule.ts'

const source = 'GB/T 26557-2021: the limit switches stop the cage at the last landings'

const settings = {
  distance: setting(0.3, 'm', 'more than a stop at a landing ever needs', 'design', 'lower'),
  holdSeconds: setting(1, 's', 'one noisy height is no overtravel', 'design'),
  landingDistance: setting(0.1, 'm', 'a limit switch that acts this near the landing may be dirty', 'design'),
}

/**
 * @param tripped the limit switch of that end
 * @param beyond how far the cage is beyond the last landing, m
 */
function overtravel(
  tripped: boolean | undefined,
  beyond: number | undefined,
  { distance, holdSeconds, landingDistance }: SettingValues<typeof settings>,
): Verdict {
  const far = beyond !== undefined && exceeds(beyond, distance)
  if (tripped !== true && !far) return tripped === undefined && beyond === undefined ? undefined : false
  return {
    severity: 'critical',
    lifeSafety: true,
    confidence: 'confirmed',
    holdMs: holdSeconds * 1000,
    doubtful: beyond !== undefined && beyond <= landingDistance,
    measured: { limitSwitch: tripped === true, ...(beyond === undefined ? {} : { beyond }) },
    limit: { value: distance, unit: 'm', source },
  }
}

/** 冲顶: the cage has run into its upper limit, or beyond the highest landing. */
export const hoistOvertravelTop = defineRule({
  name: 'overtravel_top',
  kinds: ['hoist'],
  version: 2,
  reports: { slugs: ['top_alarm'], severity: 'critical', lifeSafety: true, source: reportedSource },
  title: { zh: '冲顶', en: 'Overtravel at the top' },
  predicate: {
    zh: '上限位动作，或吊笼高度超过行程设定距离。',
    en: 'The upper limit switch has tripped, or the cage is further above its travel than set.',
  },
  settings,
  bind: ({ parameters: { travel } }, values) => {
    return ({ topLimit, height }) => overtravel(topLimit, height === undefined ? undefined : height - travel, values)
  },
})

/** 蹲底: the cage has run into its lower limit, or below the lowest landing. */
export const hoistOvertravelBottom = defineRule({
  name: 'overtravel_bottom',
  kinds: ['hoist'],
  version: 2,
  title: { zh: '蹲底', en: 'Overtravel at the bottom' },
  predicate: {
    zh: '下限位动作，或吊笼低于最低层站超过设定距离。',
    en: 'The lower limit switch has tripped, or the cage is further below the lowest landing than set.',
  },
  settings,
  bind: (_equipment, values) => {
    return ({ bottomLimit, height }) => overtravel(bottomLimit, height === undefined ? undefined : -height, values)
  },
})
