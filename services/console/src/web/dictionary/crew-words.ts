import type { Linkage } from '@lifeline/contracts'
import type { Bilingual, Words } from './bilingual.ts'

export const crewWords = {
  tab: { zh: '现场', en: 'On site' },
  none: { zh: '现场人员还没有发来位置或照片', en: 'The crew has sent no position and no photo yet' },
  position: { zh: '位置', en: 'Position' },
  accuracy: { zh: '误差约 {n} 米', en: 'within about {n} m' },
  onMap: { zh: '看地图', en: 'On the map' },
  cause: { zh: '原因初判', en: 'Cause found' },
  photo: { zh: '现场照片', en: 'Photo from the site' },
  crew: { zh: '救援人员', en: 'Crews' },
  old: { zh: '{unit}，{n} 分钟前的位置', en: '{unit}, where it was {n} min ago' },
} as const satisfies Words

export const linkageTargetWords = {
  fire: { zh: '消防 119', en: 'Fire 119' },
  medical: { zh: '急救 120', en: 'Ambulance 120' },
  bureau: { zh: '应急管理局', en: 'Emergency bureau' },
} as const satisfies Record<Linkage['target'], Bilingual>

export const linkageReasonWords = {
  level_3: { zh: '升级至三级', en: 'level 3' },
  summoned: { zh: '请求增援', en: 'called besides' },
  ended: { zh: '告知事件已结束', en: 'told of the end' },
} as const satisfies Record<Linkage['reason'], Bilingual>

export const linkageStateWords = {
  waiting: { zh: '等待确认', en: 'Not taken yet' },
  published: { zh: '已发出，不待确认', en: 'Sent; nothing to acknowledge' },
  acknowledged: { zh: '已接收', en: 'Taken' },
  unanswered: { zh: '无人确认，请打电话', en: 'No answer: telephone' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
} as const satisfies Record<Linkage['state'], Bilingual>
