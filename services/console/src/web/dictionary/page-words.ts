import type { Role } from '@lifeline/contracts'
import type { Bilingual, Words } from './bilingual.ts'

export const pageWords = {
  queue: { zh: '队列', en: 'Queue' },
  map: { zh: '地图', en: 'Map' },
  devices: { zh: '设备', en: 'Devices' },
  roster: { zh: '值守', en: 'On duty' },
  statistics: { zh: '统计', en: 'Figures' },
  administration: { zh: '管理', en: 'Admin' },
  wall: { zh: '大屏', en: 'Wall' },
  forbidden: { zh: '您的角色不能打开此页', en: 'Your role may not open this page' },
} as const satisfies Words

export const roleWords = {
  dispatcher: { zh: '接警员', en: 'Dispatcher' },
  supervisor: { zh: '值班长', en: 'Supervisor' },
  maintenance: { zh: '维保单位', en: 'Maintenance unit' },
  rescuer: { zh: '救援人员', en: 'Rescuer' },
  regulator: { zh: '监管部门', en: 'Regulator' },
  administrator: { zh: '管理员', en: 'Administrator' },
} as const satisfies Record<Role, Bilingual>
