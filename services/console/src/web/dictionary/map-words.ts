import type { Words } from './bilingual.ts'

export const mapWords = {
  urgent: { zh: '紧急与重要事件', en: 'Pressing cases' },
  noneUrgent: { zh: '没有', en: 'None' },
  life: { zh: '生命安全', en: 'Life safety' },
  major: { zh: '严重', en: 'Major' },
  warning: { zh: '预警', en: 'Warning' },
  calm: { zh: '正常', en: 'All well' },
  silent: { zh: '离线', en: 'Not heard' },
  drill: { zh: '演练', en: 'Drill' },
  station: { zh: '救援站等单位', en: 'Stations, units' },
} as const satisfies Words
