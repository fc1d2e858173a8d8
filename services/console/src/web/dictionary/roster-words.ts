import type { Unit } from '@lifeline/contracts'
import type { Bilingual, Words } from './bilingual.ts'

export const rosterWords = {
  onDuty: { zh: '当班', en: 'On duty' },
  offDuty: { zh: '无人当班', en: 'Nobody on duty' },
  always: { zh: '未排班，视为全天当班', en: 'No roster: always on duty' },
  until: { zh: '至 {time}', en: 'until {time}' },
  next: { zh: '下一班 {time}', en: 'next at {time}' },
  addShift: { zh: '排班', en: 'Add a shift' },
  shifts: { zh: '一周排班', en: 'Shifts of the week' },
  noShift: { zh: '没有排班', en: 'No shift' },
  from: { zh: '开始', en: 'From' },
  to: { zh: '结束', en: 'To' },
  person: { zh: '人员', en: 'Person' },
  phone: { zh: '电话', en: 'Phone' },
  save: { zh: '保存', en: 'Save' },
  remove: { zh: '删除', en: 'Remove' },
  contacts: { zh: '通知方式', en: 'How it is told' },
  noContacts: { zh: '未设置，只能电话', en: 'None: by telephone only' },
  channels: { zh: '通知渠道', en: 'Channels' },
  noChannels: { zh: '没有通知渠道：只能电话通知', en: 'No channel is set up: units are told by telephone only' },
  healthy: { zh: '正常', en: 'Works' },
  unhealthy: { zh: '上次测试失败', en: 'Last test failed' },
  disabled: { zh: '停用', en: 'Off' },
  untested: { zh: '未测试', en: 'Not tested yet' },
  test: { zh: '测试', en: 'Test' },
  tested: { zh: '{time} 用时 {n} ms', en: '{time}, took {n} ms' },
  addContact: { zh: '增加联系方式', en: 'Add a contact' },
  chooseChannel: { zh: '选择渠道', en: 'Choose the channel' },
  address: { zh: '号码或地址', en: 'Number or address' },
  earlier: { zh: '提前', en: 'Try earlier' },
  contactsSaved: { zh: '已保存，下一次通知起生效', en: 'Saved, used from the next notice on' },
  shift: { zh: '{unit} 排班', en: 'A shift of {unit}' },
} as const satisfies Words

export const unitKindWords = {
  station: { zh: '救援站', en: 'Rescue stations' },
  maintenance: { zh: '维保单位', en: 'Maintenance units' },
  fire: { zh: '消防', en: 'Fire brigade' },
  use: { zh: '使用单位', en: 'Using units' },
} as const satisfies Record<Unit['kind'], Bilingual>
