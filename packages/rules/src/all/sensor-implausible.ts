import { defineRule, type Verdict } from '../rule.ts'
import type { Implausible } from './plausible-range.ts'

/** 传感器数值不可信: a value that no machine of the kind can have. The engine judges it before the other rules. */
export const sensorImplausible = defineRule({
  name: 'sensor_implausible',
  kinds: ['elevator', 'tower-crane', 'hoist'],
  version: 1,
  title: { zh: '传感器数值不可信', en: 'Implausible sensor value' },
  predicate: {
    zh: '数值超出该类设备的物理范围；该字段不参与其他规则。',
    en: 'A value beyond the physical range of the kind; no other rule uses that field.',
  },
  settings: {},
})

const unitOf: Readonly<Record<string, string>> = {
  position: 'm',
  height: 'm',
  radius: 'm',
  hookHeight: 'm',
  travel: 'm',
  speed: 'm/s',
  windSpeed: 'm/s',
  load: 'kg',
  hookLoad: 'kg',
  slewAngle: '°',
  tiltX: '°',
  tiltY: '°',
  floor: 'landing',
  people: 'persons',
}

/** The verdict on what `implausibleFields` found in a frame. */
export function judgeImplausible(found: readonly Implausible[] | undefined): Verdict {
  const [first] = found ?? []
  if (first === undefined) return false
  return {
    severity: 'warning',
    lifeSafety: false,
    confidence: 'confirmed',
    holdMs: 0,
    measured: {
      field: first.field,
      value: first.value,
      ...(found !== undefined && found.length > 1 ? { fields: found.map(({ field }) => field).join(' ') } : {}),
    },
    limit: {
      value: first.value < first.range[0] ? first.range[0] : first.range[1],
      unit: unitOf[first.field] ?? 'count',
      source: 'beyond what any machine of the kind can have',
    },
  }
}
