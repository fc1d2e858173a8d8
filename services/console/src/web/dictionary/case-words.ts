import type { CaseState, causes, RescueCase, RescueLevel, Unit } from '@lifeline/contracts'
import type { Bilingual, Words } from './bilingual.ts'

export const stateWords = {
  received: { zh: '待派单', en: 'To assign' },
  assigned: { zh: '待接单', en: 'To accept' },
  accepted: { zh: '已接单', en: 'Accepted' },
  departed: { zh: '在途', en: 'On the way' },
  arrived: { zh: '已到场', en: 'On site' },
  freed: { zh: '已解救', en: 'Freed' },
  closed: { zh: '已结案', en: 'Closed' },
} as const satisfies Record<CaseState, Bilingual>

/** The steps of a rescue as they stand in a row, once reached. */
export const stepWords = {
  received: { zh: '接警', en: 'Received' },
  assigned: { zh: '派单', en: 'Assigned' },
  accepted: { zh: '接单', en: 'Accepted' },
  departed: { zh: '出发', en: 'Departed' },
  arrived: { zh: '到场', en: 'Arrived' },
  freed: { zh: '解救', en: 'Freed' },
  closed: { zh: '结案', en: 'Closed' },
} as const satisfies Record<CaseState, Bilingual>

export const levelWords = {
  0: { zh: '未派单', en: 'Nobody sent' },
  1: { zh: '一级 维保单位', en: 'L1 maintenance' },
  2: { zh: '二级 救援站', en: 'L2 rescue station' },
  3: { zh: '三级 消防 119', en: 'L3 fire 119' },
} as const satisfies Record<RescueLevel, Bilingual>

export const causeWords = {
  external: { zh: '外部原因', en: 'External' },
  human: { zh: '人为使用', en: 'Use' },
  door: { zh: '门系统', en: 'Door' },
  electromechanical: { zh: '机电故障', en: 'Electromechanical' },
  power: { zh: '停电', en: 'Power cut' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<(typeof causes)[number], Bilingual>

export const outcomeWords = {
  rescued: { zh: '已解救', en: 'Rescued' },
  resolved: { zh: '处置完毕', en: 'Handled' },
  false_alarm: { zh: '误报', en: 'False alarm' },
  cleared: { zh: '自行恢复', en: 'Cleared by itself' },
  late: { zh: '补传记录', en: 'Late record' },
  merged: { zh: '已合并', en: 'Merged' },
} as const satisfies Record<NonNullable<RescueCase['outcome']>['kind'], Bilingual>

/** Whom a phone number belongs to. */
export const contactWords = {
  caller: { zh: '报警人', en: 'Caller' },
  maintenance: { zh: '维保单位', en: 'Maintenance' },
  station: { zh: '救援站', en: 'Rescue station' },
  fire: { zh: '消防', en: 'Fire brigade' },
  use: { zh: '使用单位', en: 'Using unit' },
} as const satisfies Record<Unit['kind'] | 'caller', Bilingual>

/** What the entries of a timeline say happened. */
export const eventWords = {
  opened: { zh: '系统发现', en: 'Detected' },
  reported: { zh: '电话报警', en: 'Reported by phone' },
  joined: { zh: '并入同一事件', en: 'Joined this case' },
  updated: { zh: '情况变化', en: 'Changed' },
  cleared: { zh: '监测恢复正常', en: 'Telemetry back to normal' },
  assigned: { zh: '派单', en: 'Assigned' },
  skipped: { zh: '跳过一级', en: 'Level skipped' },
  escalated: { zh: '升级', en: 'Escalated' },
  reminder: { zh: '催办提醒', en: 'Reminder' },
  stood_down: { zh: '通知撤回', en: 'Stood down' },
  accepted: { zh: '接单', en: 'Accepted' },
  departed: { zh: '出发', en: 'Departed' },
  arrived: { zh: '到场', en: 'Arrived' },
  freed: { zh: '人员解救', en: 'People freed' },
  held: { zh: '延时', en: 'Held' },
  noted: { zh: '备注', en: 'Note' },
  linked: { zh: '关联事件', en: 'Linked' },
  taken: { zh: '接管', en: 'Taken over' },
  merged: { zh: '合并', en: 'Merged' },
  split: { zh: '拆分', en: 'Split' },
  proposed: { zh: '建议呼叫', en: 'Call proposed' },
  summoned: { zh: '已呼叫', en: 'Called' },
  declined: { zh: '不予呼叫', en: 'Call declined' },
  called_back: { zh: '已回拨', en: 'Called back' },
  call_back_due: { zh: '回拨超时', en: 'Call-back due' },
  unacknowledged: { zh: '席位超时未处理，已告知值班长', en: 'Nobody at the desk acted, supervisor told' },
  false_alarm: { zh: '判为误报', en: 'False alarm' },
  closed: { zh: '结案', en: 'Closed' },
} as const satisfies Words

/** Who acts without being a person. */
export const actorWords = {
  system: { zh: '系统', en: 'system' },
  engine: { zh: '监测', en: 'telemetry' },
} as const satisfies Words

/** The desk's own reasons, as it writes them into a timeline. */
export const reasonWords = {
  'no acceptance in time': { zh: '超时未接单', en: 'No acceptance in time' },
  'no arrival in time': { zh: '超时未到场', en: 'No arrival in time' },
  'no unit is registered at this level': { zh: '该级无登记单位', en: 'No unit is registered at this level' },
  'nobody is on duty at this level': { zh: '该级无人值班', en: 'Nobody is on duty at this level' },
  acceptance: { zh: '等待接单', en: 'Waiting for acceptance' },
  arrival: { zh: '等待到场', en: 'Waiting for arrival' },
} as const satisfies Words

export const confidenceWords = {
  suspected: { zh: '疑似', en: 'Suspected' },
  confirmed: { zh: '确认', en: 'Confirmed' },
} as const satisfies Record<RescueCase['confidence'], Bilingual>
