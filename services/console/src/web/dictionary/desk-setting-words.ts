import type { DispatchSettings } from '@lifeline/contracts'
import type { Bilingual } from './bilingual.ts'

const seconds: Bilingual = { zh: '秒', en: 's' }
const speed: Bilingual = { zh: 'km/h', en: 'km/h' }

export const deskSettingUnits = {
  acceptSeconds: seconds,
  arriveSeconds: seconds,
  arriveSecondsRural: seconds,
  ackSeconds: seconds,
  callBackSeconds: seconds,
  stationsAsked: { zh: '个', en: 'stations' },
  severalTrapped: { zh: '人', en: 'people' },
  travelDetour: { zh: '× 直线距离', en: '× straight distance' },
  travelSpeedUrban: speed,
  travelSpeedRural: speed,
} as const satisfies Record<keyof DispatchSettings, Bilingual>

/** What the desk goes by, in the order in which a case meets it. */
export const deskSettingNames = {
  acceptSeconds: { zh: '接单时限', en: 'A unit accepts within' },
  arriveSeconds: { zh: '到场时限（城区）', en: 'On the scene within (built-up area)' },
  arriveSecondsRural: { zh: '到场时限（其他地区）', en: 'On the scene within (elsewhere)' },
  ackSeconds: { zh: '席位处理时限，及催办间隔', en: 'The desk acts within; reminded every' },
  callBackSeconds: { zh: '每隔多久回拨被困人员', en: 'The trapped are called back every' },
  stationsAsked: { zh: '二级同时询问的最近救援站数', en: 'Nearest stations asked at once at level 2' },
  severalTrapped: { zh: '被困人数达到即为特急', en: 'Utmost priority from so many trapped' },
  travelDetour: { zh: '道路绕行系数', en: 'Streets are longer by' },
  travelSpeedUrban: { zh: '出警车速（城区）', en: 'Speed on the way (built-up area)' },
  travelSpeedRural: { zh: '出警车速（其他地区）', en: 'Speed on the way (elsewhere)' },
} as const satisfies Record<keyof DispatchSettings, Bilingual>

/** What each default is, and what it rests on. */
export const deskSettingSources = {
  acceptSeconds: { zh: '“3 分钟响应率”考核指标（济南、汕头）', en: '3-minute response rate (Jinan, Shantou)' },
  arriveSeconds: { zh: '各市规定，30 分钟', en: 'city rules, 30 min' },
  arriveSecondsRural: { zh: '各市规定、TSG T5002-2017，1 小时', en: 'city rules, TSG T5002-2017, 1 h' },
  ackSeconds: { zh: '惯例，60 秒，待核对', en: 'practice, 60 s, to be checked' },
  callBackSeconds: { zh: '惯例，5 分钟，待核对', en: 'practice, 5 min, to be checked' },
  stationsAsked: { zh: '惯例，1 个，待核对', en: 'practice, 1, to be checked' },
  severalTrapped: { zh: '3 人，高于每次解救 1.25～2.45 人的统计', en: '3, above the 1.25 to 2.45 freed per rescue' },
  travelDetour: { zh: '惯例，1.4 倍，待核对', en: 'practice, 1.4, to be checked' },
  travelSpeedUrban: { zh: '惯例，25 km/h，待核对', en: 'practice, 25 km/h, to be checked' },
  travelSpeedRural: { zh: '惯例，40 km/h，待核对', en: 'practice, 40 km/h, to be checked' },
} as const satisfies Record<keyof DispatchSettings, Bilingual>
