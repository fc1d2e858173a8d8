import type { Kind, RuleName, Severity } from '@lifeline/contracts'
import type { Bilingual } from './bilingual.ts'

export const ruleWords = {
  entrapment: { zh: '困人', en: 'Entrapment' },
  alarm_button: { zh: '报警按钮', en: 'Alarm button' },
  overspeed: { zh: '超速', en: 'Overspeed' },
  overload: { zh: '超载', en: 'Overload' },
  moving_with_door_open: { zh: '开门走车', en: 'Moving, door open' },
  unintended_movement: { zh: '意外移动', en: 'Unintended movement' },
  overtravel_top: { zh: '冲顶', en: 'Overtravel, top' },
  overtravel_bottom: { zh: '蹲底', en: 'Overtravel, pit' },
  stop_outside_door_zone: { zh: '门区外停梯', en: 'Stopped between floors' },
  door_fault: { zh: '门故障', en: 'Door fault' },
  door_open_too_long: { zh: '长时间开门', en: 'Door open too long' },
  safety_chain_open: { zh: '安全回路断开', en: 'Safety chain open' },
  power_loss: { zh: '断电', en: 'Power loss' },
  moment: { zh: '力矩超限', en: 'Load moment' },
  wind: { zh: '大风', en: 'Wind' },
  tilt: { zh: '倾斜', en: 'Tilt' },
  collision: { zh: '碰撞危险', en: 'Collision' },
  forbidden_zone: { zh: '进入禁区', en: 'Forbidden zone' },
  limit_reached: { zh: '限位动作', en: 'Limit reached' },
  limiter_failed: { zh: '限制器失效', en: 'Limiter failed' },
  unauthorised_operator: { zh: '无证操作', en: 'Unauthorised operator' },
  too_many_people: { zh: '超员', en: 'Too many people' },
  safety_device_tripped: { zh: '防坠器动作', en: 'Safety device tripped' },
  offline: { zh: '离线', en: 'Offline' },
  clock_skew: { zh: '时钟偏差', en: 'Clock skew' },
  sensor_stuck: { zh: '传感器卡死', en: 'Sensor stuck' },
  sensor_implausible: { zh: '数值不可信', en: 'Implausible value' },
  not_approved_for_use: { zh: '未准用却运行', en: 'Not approved for use' },
  unreadable_data: { zh: '数据无法识别', en: 'Unreadable data' },
} as const satisfies Record<RuleName, Bilingual>

export const kindWords = {
  elevator: { zh: '电梯', en: 'Lift' },
  'tower-crane': { zh: '塔机', en: 'Tower crane' },
  hoist: { zh: '施工升降机', en: 'Construction hoist' },
} as const satisfies Record<Kind, Bilingual>

export const severityWords = {
  critical: { zh: '危急', en: 'Critical' },
  major: { zh: '严重', en: 'Major' },
  warning: { zh: '预警', en: 'Warning' },
  info: { zh: '提示', en: 'Info' },
} as const satisfies Record<Severity, Bilingual>
