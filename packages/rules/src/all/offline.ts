import { defineRule, type SettingValues, setting, type Verdict } from '../rule.ts'

const source = 'three expected intervals (GB/T 37537-2019 4.10.1 for hoists: 15 s, so 45 s)'

/** 离线: a device that should report and does not. The engine judges it with the ticks of the log. */
export const offline = defineRule({
  name: 'offline',
  kinds: ['elevator', 'tower-crane', 'hoist'],
  version: 1,
  title: { zh: '设备离线', en: 'Offline' },
  predicate: {
    zh: '超过三个上报周期未收到数据，或遗嘱消息到达 5 秒后设备仍未恢复。',
    en: 'No frame for three expected intervals, or 5 s after the last will without the device being back.',
  },
  settings: {
    missedIntervals: setting(3, 'intervals', source, 'V code'),
    willSeconds: setting(5, 's', 'a device that reconnects at once was never away', 'design'),
  },
})

/** How long nothing was heard from a device, by the time that the log was listening. */
export interface Silence {
  /** ms since the last frame, event or `online`, or since it was registered. */
  readonly silentMs: number
  /** ms since its last will, where that came last. */
  readonly sinceWillMs?: number
}

/** @param reportInterval expected seconds between frames */
export function judgeOffline(
  silence: Silence,
  reportInterval: number,
  settings: SettingValues<(typeof offline)['settings']>,
): Verdict {
  const { missedIntervals, willSeconds } = settings
  const limit = missedIntervals * reportInterval
  const { silentMs, sinceWillMs } = silence
  const silent = silentMs > limit * 1000
  const gone = sinceWillMs !== undefined && sinceWillMs >= willSeconds * 1000
  if (!silent && !gone) return false
  return {
    severity: 'warning',
    lifeSafety: false,
    confidence: 'confirmed',
    holdMs: 0,
    measured: { silentSeconds: Math.round(silentMs / 1000), lastWill: sinceWillMs !== undefined },
    limit: gone
      ? { value: willSeconds, unit: 's', source: 'last will of the MQTT session' }
      : { value: limit, unit: 's', source },
  }
}
