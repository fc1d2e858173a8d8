import { defineRule, type SettingValues, setting, type Verdict } from '../rule.ts'

const source = 'six reports of a lift (every 10 s), four of a hoist (GB/T 37537-2019 4.10.1: every 15 s)'

/** 数据无法识别: a device that is heard and not understood. The engine judges it with the ticks of the log. */
export const unreadableData = defineRule({
  name: 'unreadable_data',
  kinds: ['elevator', 'tower-crane', 'hoist'],
  version: 1,
  title: { zh: '数据无法识别', en: 'Unreadable data' },
  predicate: {
    zh: '设备在线，但在设定时间内只发来设定数量以上无法识别的数据，其间没有一条有效数据；完全沉默时改报离线。',
    en: 'The device is heard, and for so long has sent so many payloads that cannot be understood and not one frame that can; once it falls silent it is offline instead.',
  },
  settings: {
    payloads: setting(4, 'payloads', 'a single bad payload is noise', 'design'),
    seconds: setting(60, 's', source, 'design'),
  },
})

/** What came from a device since anything of it was understood. Times by the log's clock, ms. */
export interface Unreadable {
  count: number
  readonly since: number
  lastAt: number
  reason: string
}

/** @param silent the device is not heard at all */
export function judgeUnreadable(
  unreadable: Unreadable | null,
  silent: boolean,
  { payloads, seconds }: SettingValues<(typeof unreadableData)['settings']>,
): Verdict {
  if (unreadable === null || silent) return false
  const { count, since, lastAt, reason } = unreadable
  if (count < payloads || lastAt - since < seconds * 1000) return false
  return {
    severity: 'warning',
    lifeSafety: false,
    confidence: 'confirmed',
    holdMs: 0,
    measured: { payloads: count, seconds: Math.round((lastAt - since) / 1000), reason },
    limit: { value: seconds, unit: 's', source },
  }
}
