import type { Words } from './bilingual.ts'

/** Names of what was measured. */
export const fieldWords = {
  floor: { zh: '楼层', en: 'Floor' },
  position: { zh: '轿厢位置', en: 'Car position' },
  speed: { zh: '速度', en: 'Speed' },
  door: { zh: '轿门', en: 'Car door' },
  inDoorZone: { zh: '在门区', en: 'In door zone' },
  occupied: { zh: '轿内有人', en: 'Occupied' },
  alarmButton: { zh: '报警按钮', en: 'Alarm button' },
  load: { zh: '载荷', en: 'Load' },
  people: { zh: '人数', en: 'People' },
  power: { zh: '电源', en: 'Power' },
  safetyChain: { zh: '安全回路', en: 'Safety chain' },
  hookLoad: { zh: '起重量', en: 'Hook load' },
  radius: { zh: '幅度', en: 'Radius' },
  hookHeight: { zh: '吊钩高度', en: 'Hook height' },
  slewAngle: { zh: '回转角', en: 'Slew angle' },
  windSpeed: { zh: '风速', en: 'Wind speed' },
  tiltX: { zh: '倾角 X', en: 'Tilt X' },
  tiltY: { zh: '倾角 Y', en: 'Tilt Y' },
  falls: { zh: '倍率', en: 'Falls' },
  height: { zh: '高度', en: 'Height' },
  ratio: { zh: '比值', en: 'Ratio' },
  capacity: { zh: '允许起重量', en: 'Capacity' },
  silentSeconds: { zh: '无数据', en: 'Silent for' },
  lastWill: { zh: '遗嘱断线', en: 'Last will' },
  field: { zh: '字段', en: 'Field' },
  value: { zh: '数值', en: 'Value' },
  other: { zh: '对方设备', en: 'Other device' },
} as const satisfies Words

/** Values that are words themselves. */
export const valueWords = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
  closed: { zh: '关闭', en: 'closed' },
  closing: { zh: '正在关', en: 'closing' },
  opening: { zh: '正在开', en: 'opening' },
  open: { zh: '打开', en: 'open' },
  obstructed: { zh: '受阻', en: 'obstructed' },
  unknown: { zh: '未知', en: 'unknown' },
  mains: { zh: '市电', en: 'mains' },
  emergency: { zh: '应急电源', en: 'emergency' },
  off: { zh: '断电', en: 'off' },
} as const satisfies Words

export const unitWords = {
  s: { zh: '秒', en: 's' },
  persons: { zh: '人', en: 'persons' },
  pressed: { zh: '按下', en: 'pressed' },
  intervals: { zh: '个周期', en: 'intervals' },
} as const satisfies Words
