import type { Words } from './bilingual.ts'

export const wallWords = {
  noCase: { zh: '没有紧急事件', en: 'No pressing case' },
  others: { zh: '其他未结 {n} 起', en: '{n} others open' },
  more: { zh: '另有 {n} 起紧急事件', en: '{n} more pressing cases' },
  onDuty: { zh: '当班单位', en: 'On duty' },
  lastAlarm: { zh: '最近警情', en: 'Last alarm' },
  none: { zh: '无', en: 'none' },
  leave: { zh: '按 Esc 返回', en: 'Esc leaves' },
} as const satisfies Words
