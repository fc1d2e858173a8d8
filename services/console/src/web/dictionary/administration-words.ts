import type { AdministrationTab } from '../route.ts'
import type { Bilingual, Words } from './bilingual.ts'

export const tabWords = {
  users: { zh: '用户', en: 'Users' },
  desk: { zh: '时限设置', en: 'Clocks' },
  channels: { zh: '通知渠道', en: 'Channels' },
  rules: { zh: '规则设置', en: 'Rules' },
  audit: { zh: '审计', en: 'Audit' },
  quarantine: { zh: '隔离数据', en: 'Quarantine' },
} as const satisfies Record<AdministrationTab, Bilingual>

export const administrationWords = {
  name: { zh: '用户名', en: 'Name' },
  role: { zh: '角色', en: 'Role' },
  unit: { zh: '所属单位', en: 'Unit' },
  changeRole: { zh: '更改角色', en: 'Change role' },
  changeRoleHint: {
    zh: '保存后该用户在所有地方立即退出，须重新登录。',
    en: 'Once saved the user is signed out everywhere and has to sign in again.',
  },
  clocksHint: {
    zh: '更改只对此后开始的时限有效，正在计时的不变。',
    en: 'A change holds for clocks that start after it; those that run keep their deadline.',
  },
  clocksSaved: { zh: '已保存', en: 'Saved' },
  addUser: { zh: '新增用户', en: 'Add user' },
  disable: { zh: '停用', en: 'Disable' },
  enable: { zh: '启用', en: 'Enable' },
  disabled: { zh: '已停用', en: 'Disabled' },
  reset: { zh: '重置密码', en: 'New password' },
  passwordOnce: { zh: '{name} 的密码（只显示这一次）：', en: 'Password of {name}, shown this once:' },
  device: { zh: '设备号', en: 'Device' },
  more: { zh: '更早', en: 'Earlier' },
  nothing: { zh: '没有记录', en: 'Nothing here' },
  reason: { zh: '原因', en: 'Reason' },
  received: { zh: '收到', en: 'Received' },
  excerpt: { zh: '内容', en: 'Excerpt' },
  replay: { zh: '重放', en: 'Replay' },
  replayed: { zh: '已重放，入库 {n} 条', en: 'Replayed, {n} stored' },
  shadow: { zh: '试运行（只与现行设置比较，不报警）', en: 'Trial (compared with what is in force, pages nobody)' },
  noShadow: {
    zh: '没有试运行。在下表改动数值后按“只试运行”即可开始。',
    en: 'Nothing is tried. Change values in the table below and press "Only try" to begin.',
  },
  endShadow: { zh: '结束试运行', en: 'End the trial' },
  seenRule: { zh: '规则', en: 'Rule' },
  seenBoth: { zh: '两者都报（次）', en: 'Both (incidents)' },
  seenLive: { zh: '仅现行设置报（次）', en: 'Only in force (incidents)' },
  seenCandidate: { zh: '仅试运行报（次）', en: 'Only the trial (incidents)' },
  seenHint: {
    zh: '自规则引擎启动以来、在各次试运行期间结束的告警次数。',
    en: 'Incidents that ended during any trial since the rule engines were started.',
  },
  seenNone: { zh: '还没有可比较的告警', en: 'No incident to compare yet' },
} as const satisfies Words

/** What the audit keeps, by its acts. */
export const auditWords = {
  'credential.issued': { zh: '发放凭据', en: 'Credential issued' },
  'credential.rotated': { zh: '更换凭据', en: 'Credential rotated' },
  'credential.revoked': { zh: '吊销凭据', en: 'Credential revoked' },
  'equipment.entered': { zh: '登记设备', en: 'Device entered' },
  'equipment.changed': { zh: '变更设备', en: 'Device changed' },
  'equipment.removed': { zh: '删除设备', en: 'Device removed' },
  'settings.changed': { zh: '变更规则设置', en: 'Settings changed' },
  'settings.tried': { zh: '试运行设置', en: 'Settings tried' },
  'command.sent': { zh: '发送指令', en: 'Command sent' },
  'user.entered': { zh: '新增用户', en: 'User entered' },
  'user.changed': { zh: '变更用户', en: 'User changed' },
  'user.disabled': { zh: '停用用户', en: 'User disabled' },
  'user.enabled': { zh: '启用用户', en: 'User enabled' },
  'phone.entered': { zh: '登记救援手机', en: 'Phone entered' },
  'phone.removed': { zh: '注销救援手机', en: 'Phone removed' },
  'user.password_reset': { zh: '重置密码', en: 'Password renewed' },
} as const satisfies Words
