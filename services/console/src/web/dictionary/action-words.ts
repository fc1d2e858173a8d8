import type { Action, CaseState } from '@lifeline/contracts'
import type { Bilingual, Words } from './bilingual.ts'

export const actionWords = {
  accept: { zh: '已接单', en: 'Accepted' },
  assign: { zh: '派单', en: 'Assign' },
  depart: { zh: '已出发', en: 'Departed' },
  arrive: { zh: '已到场', en: 'Arrived' },
  free: { zh: '人员已解救', en: 'People freed' },
  escalate: { zh: '升级', en: 'Escalate' },
  hold: { zh: '延时', en: 'Hold' },
  note: { zh: '备注', en: 'Note' },
  link: { zh: '关联', en: 'Link' },
  'false-alarm': { zh: '误报', en: 'False alarm' },
  close: { zh: '结案', en: 'Close' },
  'call-back': { zh: '回拨被困人员', en: 'Called back' },
  decide: { zh: '处理建议', en: 'Decide' },
  take: { zh: '接管', en: 'Take over' },
  merge: { zh: '合并', en: 'Merge' },
  split: { zh: '拆分', en: 'Split' },
} as const satisfies Record<Action, Bilingual>

/** What to do before pressing the button of the next step. */
export const nextStepWords = {
  received: { zh: '选择派往的单位', en: 'Choose who is sent' },
  assigned: { zh: '对方确认接单后按下', en: 'Press once they accept' },
  accepted: { zh: '对方出发后按下', en: 'Press once they leave' },
  departed: { zh: '对方到场后按下', en: 'Press once they are there' },
  arrived: { zh: '人员救出后填写人数', en: 'Once people are out, say how many' },
  freed: { zh: '回访后填写原因', en: 'After calling back, give the cause' },
  closed: { zh: '事件已结', en: 'The case is closed' },
} as const satisfies Record<CaseState, Bilingual>

export const formWords = {
  add: { zh: '增加', en: 'Add' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  submitAssign: { zh: '派单', en: 'Assign' },
  level: { zh: '级别', en: 'Level' },
  unit: { zh: '单位', en: 'Unit' },
  unitByLevel: { zh: '按级别自动选定', en: 'The one this level sends' },
  freed: { zh: '解救人数', en: 'People freed' },
  injured: { zh: '受伤人数', en: 'Injured' },
  cause: { zh: '原因', en: 'Cause' },
  reason: { zh: '理由', en: 'Reason' },
  minutes: { zh: '延长', en: 'For' },
  minutesValue: { zh: '{n} 分钟', en: '{n} min' },
  text: { zh: '内容', en: 'Text' },
  remark: { zh: '说明（可不填）', en: 'Remark (optional)' },
  parent: { zh: '关联到', en: 'Belongs to' },
  noParent: { zh: '没有其他未结事件', en: 'No other open case' },
  choose: { zh: '请选择', en: 'Choose' },
  more: { zh: '其他操作', en: 'Other actions' },
  ends: { zh: '结束事件', en: 'End the case' },
} as const satisfies Words

/** Reasons at one press. */
export const quickReasons = {
  escalate: [
    { zh: '无人接听', en: 'Nobody answers' },
    { zh: '无法及时到场', en: 'Cannot be there in time' },
    { zh: '乘客不适', en: 'Passenger unwell' },
    { zh: '现场无法处置', en: 'Cannot be solved on site' },
  ],
  hold: [
    { zh: '单位已在途', en: 'Unit is on its way' },
    { zh: '交通受阻', en: 'Held up in traffic' },
  ],
  'false-alarm': [
    { zh: '电话核实无人被困', en: 'Confirmed by phone: nobody trapped' },
    { zh: '维保作业或测试', en: 'Maintenance work or test' },
    { zh: '误碰报警按钮', en: 'Button pressed by mistake' },
    { zh: '传感器误报', en: 'Sensor error' },
  ],
} as const satisfies Readonly<Record<'escalate' | 'hold' | 'false-alarm', readonly Bilingual[]>>
