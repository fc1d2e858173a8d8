import type { DeviceClock } from '../device-clock.ts'
import { defineRule, exceeds, type SettingValues, setting, type Verdict } from '../rule.ts'

const source = 'deployed site black boxes set a clock that is off by more than a minute'

/** 时钟偏差: the device's clock is wrong. The engine judges it with the ticks of the log, by the device's live frames. */
export const clockSkew = defineRule({
  name: 'clock_skew',
  kinds: ['elevator', 'tower-crane', 'hoist'],
  version: 1,
  title: { zh: '设备时钟偏差', en: 'Clock skew' },
  predicate: {
    zh: '设备时钟与平台时钟相差超过设定值（按实时数据估计；其他规则按修正后的时间判定）。',
    en: 'The device’s clock differs from the platform’s by more than set, estimated from its live frames; the other rules go by corrected times.',
  },
  settings: { seconds: setting(60, 's', source, 'V code') },
})

export function judgeClockSkew(
  clock: DeviceClock,
  { seconds }: SettingValues<(typeof clockSkew)['settings']>,
): Verdict {
  if (clock.catchingUp || clock.lastTime < 0) return undefined
  const skew = -clock.offset / 1000
  if (!exceeds(Math.abs(skew), seconds)) return false
  return {
    severity: 'warning',
    lifeSafety: false,
    confidence: 'confirmed',
    holdMs: 0,
    measured: { skewSeconds: Math.round(skew) },
    limit: { value: seconds, unit: 's', source },
  }
}
