import type { CommandState, Condition, Priority, Proposal } from '@lifeline/contracts'
import type { Bilingual, Words } from './bilingual.ts'

export const conditionWords = {
  injured: { zh: '有人受伤', en: 'Injured' },
  heat: { zh: '高温／烟雾', en: 'Heat, smoke' },
  medical: { zh: '不适／老幼孕', en: 'Unwell, frail' },
} as const satisfies Record<keyof Condition, Bilingual>

export const priorityWords = {
  1: { zh: '特急', en: 'Utmost' },
  2: { zh: '紧急', en: 'Urgent' },
  3: { zh: '重要', en: 'High' },
  4: { zh: '一般', en: 'Normal' },
} as const satisfies Record<Priority, Bilingual>

export const proposalReasonWords = {
  several_trapped: { zh: '多人被困', en: 'several trapped' },
  injured: { zh: '有人受伤', en: 'injured' },
  heat: { zh: '高温或烟雾', en: 'heat or smoke' },
  medical: { zh: '有人不适', en: 'unwell' },
} as const satisfies Record<Proposal['reasons'][number], Bilingual>

export const outsideWords = {
  119: { zh: '消防 119', en: 'Fire 119' },
  120: { zh: '急救 120', en: 'Ambulance 120' },
} as const satisfies Record<Proposal['service'], Bilingual>

export const callWords = {
  propose: { zh: '建议呼叫 {service}：{reasons}', en: 'Propose to call {service}: {reasons}' },
  confirm: { zh: '已电话呼叫 {n}', en: '{n} telephoned' },
  decline: { zh: '不呼叫', en: 'Do not call' },
  summoned: { zh: '{service} 已呼叫（{by}）', en: '{service} called ({by})' },
  declined: { zh: '{service} 不呼叫（{by}）', en: '{service} not called ({by})' },
  changedMind: { zh: '改为呼叫', en: 'Call after all' },
  callBack: { zh: '回拨被困人员', en: 'Call the trapped back' },
  callBackIn: { zh: '距下次回拨', en: 'Call back in' },
  callBackOver: { zh: '该回拨了', en: 'Call back now' },
  callBackDue: { zh: '回拨', en: 'Call back' },
  ackDue: { zh: '席位处理', en: 'Desk to act' },
  reached: { zh: '已接通，情况平稳', en: 'Reached, all calm' },
  reachedShort: { zh: '已接通', en: 'Reached' },
  alarms: { zh: '{n} 条告警', en: '{n} alarms' },
  intoOther: { zh: '转入另一起事件', en: 'into another case' },
  fromOther: { zh: '来自另一起事件', en: 'from another case' },
  missed: { zh: '第 {n} 次提醒', en: 'reminder {n}' },
  notReached: { zh: '未接通', en: 'No answer' },
  worse: { zh: '情况有变…', en: 'It got worse…' },
  condition: { zh: '被困人员情况', en: 'Condition' },
  takenBy: { zh: '接警员', en: 'Taken by' },
  me: { zh: '我', en: 'me' },
  nobody: { zh: '无人跟进', en: 'Nobody has it' },
  take: { zh: '由我跟进', en: 'I take it' },
  drill: { zh: '演练', en: 'DRILL' },
  drillCase: {
    zh: '这是演练，不是真实警情。不通知外部单位。',
    en: 'This is a drill, not a real case. Nobody outside is told.',
  },
  drillToggle: { zh: '演练（不是真实警情）', en: 'A drill, nothing real' },
  script: { zh: '安抚话术', en: 'What to say' },
  announce: { zh: '轿厢广播', en: 'Announce in the car' },
  announceText: { zh: '广播内容', en: 'Text to announce' },
  send: { zh: '播出', en: 'Announce' },
  commands: { zh: '指令', en: 'Commands' },
  noCommand: { zh: '还没有发过指令', en: 'No command yet' },
  mergeInto: { zh: '并入哪一起事件', en: 'Merge into' },
  mergeHint: { zh: '本事件随即结束，经过并入所选事件', en: 'This case ends; the chosen one takes over' },
  splitOff: { zh: '拆出哪些告警，单独立案', en: 'Alarms that become a case of their own' },
  ownPart: { zh: '原告警', en: 'First alarm' },
} as const satisfies Words

export const commandNameWords = {
  announce: { zh: '轿厢广播', en: 'Announcement' },
  'set-clock': { zh: '校时', en: 'Set clock' },
} as const satisfies Words

export const commandStateWords = {
  sent: { zh: '已发出，等待设备', en: 'Sent, waiting for the device' },
  delivered: { zh: '设备已收到', en: 'Delivered' },
  done: { zh: '已执行', en: 'Done' },
  failed: { zh: '设备未执行', en: 'Not done' },
  expired: { zh: '已过期，未送达', en: 'Expired, not delivered' },
} as const satisfies Record<CommandState, Bilingual>

/** Read aloud to whoever is shut in, in this order. */
export const comfortScript = {
  lines: [
    {
      zh: '您好，这里是 96333 应急处置中心。我们知道您的位置，救援人员马上出发。',
      en: 'This is the 96333 rescue desk. We know where you are; help is on its way.',
    },
    {
      zh: '轿厢有多重安全保护，也有通风，请放心等待。',
      en: 'The car is held by several safety devices, and there is air. You are safe to wait.',
    },
    {
      zh: '请不要扒门、不要蹦跳，靠着轿壁站好或坐下。',
      en: 'Please do not force the door or jump. Lean against the wall, or sit down.',
    },
    {
      zh: '里面有几位？有没有人受伤、不舒服？有老人、孩子或孕妇吗？',
      en: 'How many are you? Is anybody hurt or unwell? Any old people, children, a pregnant woman?',
    },
    {
      zh: '请保持电话畅通，我每 5 分钟给您打一次电话，直到您出来。',
      en: 'Keep your telephone free. I will call you every 5 minutes until you are out.',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Bilingual[]>>

/** What the car can be told at one press. */
export const announcements = {
  texts: [
    {
      zh: '您好，96333 已收到求助，救援人员正在赶来。请不要扒门，靠轿壁站好，耐心等待。',
      en: 'The rescue desk has heard you. Help is on its way. Do not force the door; please wait calmly.',
    },
    {
      zh: '救援人员已到达现场，正在开展救援，请不要靠近轿门。',
      en: 'The rescuers have arrived and are at work. Please keep away from the door.',
    },
    { zh: '请按下报警按钮与我们通话。', en: 'Press the alarm button to talk to us.' },
  ],
} as const satisfies Readonly<Record<string, readonly Bilingual[]>>
