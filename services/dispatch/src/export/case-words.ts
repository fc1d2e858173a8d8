import type { CaseState, causes, RescueCase } from '@lifeline/contracts'
import type { What } from '../rescue/step.ts'

// The words of the desk's papers.

export const stateText: Readonly<Record<CaseState, string>> = {
  received: '待派单',
  assigned: '待接单',
  accepted: '已接单',
  departed: '在途',
  arrived: '已到场',
  freed: '已解救',
  closed: '已结案',
}

export const levelText: Readonly<Record<RescueCase['level'], string>> = {
  0: '未派单',
  1: '一级 维保单位',
  2: '二级 救援站',
  3: '三级 消防 119',
}

export const causeText: Readonly<Record<(typeof causes)[number], string>> = {
  external: '外部原因',
  human: '人为使用',
  door: '门系统',
  electromechanical: '机电故障',
  power: '停电',
  other: '其他',
}

export const outcomeText: Readonly<Record<NonNullable<RescueCase['outcome']>['kind'], string>> = {
  rescued: '已解救',
  resolved: '处置完毕',
  false_alarm: '误报',
  cleared: '自行恢复',
  late: '补传记录',
  merged: '已合并',
}

export const whatText: Readonly<Record<What, string>> = {
  opened: '系统发现',
  reported: '电话报警',
  joined: '并入同一事件',
  updated: '情况变化',
  cleared: '监测恢复正常',
  assigned: '派单',
  skipped: '跳过一级',
  escalated: '升级',
  reminder: '催办提醒',
  stood_down: '通知撤回',
  accepted: '接单',
  departed: '出发',
  arrived: '到场',
  freed: '人员解救',
  held: '延时',
  noted: '备注',
  linked: '关联事件',
  taken: '接管',
  merged: '合并',
  split: '拆分',
  proposed: '建议呼叫',
  summoned: '已呼叫',
  declined: '不予呼叫',
  called_back: '已回拨',
  call_back_due: '回拨超时',
  unacknowledged: '席位超时未处理',
  false_alarm: '判为误报',
  closed: '结案',
}
