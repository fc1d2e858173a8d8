import type { Words } from './bilingual.ts'

/** What the rescuer's page says. */
export const rescuerWords = {
  loading: { zh: '正在打开…', en: 'Opening…' },
  drill: { zh: '演练', en: 'DRILL' },
  where: { zh: '地点', en: 'Where' },
  rescueCode: { zh: '救援码', en: 'Rescue code' },
  floor: { zh: '楼层', en: 'Floor' },
  trapped: { zh: '{n} 人被困', en: '{n} trapped' },
  injured: { zh: '有人受伤', en: 'injured' },
  heat: { zh: '高温或缺氧', en: 'heat or no air' },
  medical: { zh: '身体不适', en: 'unwell' },
  map: { zh: '地图导航', en: 'Map' },
  callCaller: { zh: '呼叫被困人员', en: 'Call the trapped' },
  callDesk: { zh: '呼叫 96333 中心', en: 'Call the desk' },
  callSite: { zh: '呼叫使用单位', en: 'Call the site' },
  acceptBy: { zh: '请在 {time} 前接单', en: 'Accept by {time}' },
  arriveBy: { zh: '请在 {time} 前到达', en: 'Arrive by {time}' },
  accept: { zh: '接单', en: 'Accept' },
  depart: { zh: '出发', en: 'On my way' },
  arrive: { zh: '到达现场', en: 'Arrived' },
  free: { zh: '已解救 {n} 人', en: 'Freed {n}' },
  correct: { zh: '更正为 {n} 人', en: 'Correct to {n}' },
  cause: { zh: '原因初判', en: 'Cause' },
  photo: { zh: '拍照上传', en: 'Photo' },
  photos: { zh: '已上传 {n} 张', en: '{n} sent' },
  unsent: {
    zh: '尚未发送：{what}。有信号后自动发送，请勿关闭本页。',
    en: 'Not sent yet: {what}. It goes by itself; keep this page open.',
  },
  sending: { zh: '正在发送：{what}', en: 'Sending: {what}' },
  position: { zh: '位置', en: 'position' },
  refused: { zh: '未被接受：{what}', en: 'Not accepted: {what}' },
  notMine: {
    zh: '此事件已转交其他单位，如有疑问请致电中心。',
    en: 'The case is with another unit now. Call the desk if in doubt.',
  },
  closed: { zh: '事件已结束，辛苦了。', en: 'The case is closed. Thank you.' },
  freedThanks: { zh: '已解救，请补充原因和照片。', en: 'Freed. Please add the cause and a photo.' },
  stale: { zh: '连接中断，以下为 {time} 的情况', en: 'No connection: as of {time}' },
  unknown: { zh: '链接无效，请致电中心索取新链接。', en: 'No such link. Ask the desk for a new one.' },
  expired: { zh: '链接已过期，请致电中心索取新链接。', en: 'The link has expired. Ask the desk for a new one.' },
  elsewhere: {
    zh: '此链接已在另一部手机上打开，请致电中心索取新链接。',
    en: 'The link was opened on another phone. Ask the desk for a new one.',
  },
  noPhoto: { zh: '照片无法读取', en: 'The photo cannot be read' },
  language: { zh: 'English', en: '中文' },
} as const satisfies Words
export type RescuerWord = keyof typeof rescuerWords

export const rescuerCauses = {
  external: { zh: '外部（停电等）', en: 'External' },
  human: { zh: '人为使用', en: 'Misuse' },
  door: { zh: '门系统', en: 'Doors' },
  electromechanical: { zh: '机电故障', en: 'Electromechanical' },
  power: { zh: '供电', en: 'Power' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Words
