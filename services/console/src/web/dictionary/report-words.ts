import type { Words } from './bilingual.ts'

export const reportWords = {
  handover: { zh: '交接班', en: 'Hand-over' },
  day: { zh: '日报', en: 'Day' },
  month: { zh: '月报', en: 'Month' },
  by: { zh: '分组', en: 'By' },
  total: { zh: '合计', en: 'Total' },
  cases: { zh: '构成此数的事件', en: 'Cases behind the figure' },
  open: { zh: '移交的未结事件', en: 'Open cases handed over' },
  noneListed: { zh: '没有事件', en: 'No case' },
} as const satisfies Words

export const groupingWords = {
  none: { zh: '不分组', en: 'All together' },
  district: { zh: '区域', en: 'District' },
  unit: { zh: '单位', en: 'Unit' },
  age: { zh: '梯龄', en: 'Age' },
  cause: { zh: '原因', en: 'Cause' },
} as const satisfies Words

/** Beside the name of a figure; a share says it with its value. */
export const figureUnitWords = {
  cases: { zh: '起', en: 'cases' },
  people: { zh: '人', en: 'people' },
  s: { zh: '分:秒', en: 'min:s' },
  share: { zh: '占比', en: 'share' },
} as const satisfies Words

export const figureWords = {
  cases: { zh: '事件', en: 'Cases' },
  calls: { zh: '来电', en: 'Calls' },
  entrapments: { zh: '困人', en: 'Entrapments' },
  freed: { zh: '解救人数', en: 'Freed' },
  falseAlarms: { zh: '误报', en: 'False alarms' },
  responseMean: { zh: '响应均值', en: 'Response, mean' },
  responseP90: { zh: '响应 P90', en: 'Response, p90' },
  arrivalMean: { zh: '到场均值', en: 'Arrival, mean' },
  arrivalP90: { zh: '到场 P90', en: 'Arrival, p90' },
  arrivalOver30Share: { zh: '超 30 分钟', en: 'Over 30 min' },
  onSiteMean: { zh: '现场用时', en: 'On site, mean' },
  level1Share: { zh: '一级占比', en: 'Level 1' },
  level2Share: { zh: '二级占比', en: 'Level 2' },
  level3Share: { zh: '三级占比', en: 'Level 3' },
} as const satisfies Words
