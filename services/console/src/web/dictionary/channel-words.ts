import type { Delivery, NoticeChannel } from '@lifeline/contracts'
import type { ChannelField } from '../administration/channel-draft.ts'
import type { Bilingual, Words } from './bilingual.ts'

export const channelKindWords = {
  webhook: { zh: '网关接口', en: 'Webhook' },
  email: { zh: '邮件', en: 'E-mail' },
  mqtt: { zh: '救援 App（MQTT）', en: "Rescuer's app (MQTT)" },
} as const satisfies Record<NoticeChannel['kind'], Bilingual>

export const channelFieldWords = {
  name: { zh: '名称', en: 'Name' },
  url: { zh: '网关地址 URL', en: 'URL of the gateway' },
  secret: { zh: '签名密钥（至少 32 个字符）', en: 'Secret that signs (at least 32 characters)' },
  host: { zh: '邮件服务器', en: 'Mail server' },
  port: { zh: '端口', en: 'Port' },
  security: { zh: '加密', en: 'Encryption' },
  from: { zh: '发件人邮箱', en: "Sender's address" },
  user: { zh: '登录名', en: 'User name there' },
  password: { zh: '登录密码', en: 'Password there' },
  timeoutSeconds: { zh: '超时（秒），到时改用下一渠道', en: 'Time-out (s), then the next channel' },
  testAddress: { zh: '测试发给（号码、邮箱或手机代号）', en: 'Tests go to (number, address or id of a phone)' },
  testEverySeconds: { zh: '自动测试间隔（秒），不填则不自动测试', en: 'Tested every (s); empty: only by hand' },
} as const satisfies Record<ChannelField, Bilingual>

export const channelWords = {
  add: { zh: '新增渠道', en: 'Add a channel' },
  change: { zh: '更改渠道 {name}', en: 'Change channel {name}' },
  id: { zh: '渠道代号（字母、数字）', en: 'Id (letters, digits)' },
  kind: { zh: '类型', en: 'Kind' },
  enabled: { zh: '启用', en: 'In use' },
  edit: { zh: '更改', en: 'Change' },
  removeHint: { zh: '使用此渠道的联系方式将失效', en: 'Contacts through this channel will fail' },
  keptHint: {
    zh: '密钥、密码及网址中“?”之后的部分不显示；留空或不改即保持原值。',
    en: 'Secrets, passwords and what follows a ? in the URL are not shown; left empty they stay as they are.',
  },
  noTestAddress: { zh: '未设测试地址', en: 'No test address' },
  starttls: { zh: 'STARTTLS', en: 'STARTTLS' },
  tls: { zh: 'TLS', en: 'TLS' },
  none: { zh: '不加密', en: 'None' },
} as const satisfies Words

export const deliveryWords = {
  under_way: { zh: '发送中', en: 'Under way' },
  sent: { zh: '已发出', en: 'Sent' },
  failed: { zh: '失败', en: 'Failed' },
  refused: { zh: '对方拒收', en: 'Refused' },
  not_sent: { zh: '未发送', en: 'Not sent' },
} as const satisfies Record<Delivery['result'], Bilingual>

/** Why a notice was not sent, as the desk writes it down. */
export const undeliveredWords = {
  'no such channel': { zh: '没有这个渠道', en: 'no such channel' },
  'channel is switched off': { zh: '渠道已停用', en: 'the channel is switched off' },
  duplicate: { zh: '与前一联系方式相同', en: 'the same contact twice' },
  'no channel': { zh: '该单位未设通知方式，请电话通知', en: 'no channel is set up for the unit: telephone it' },
  'silent: no channel has taken it': {
    zh: '所有渠道均未送达，请电话通知',
    en: 'no channel has taken it: telephone the unit',
  },
  'the case has ended': { zh: '事件已结束', en: 'the case has ended' },
  'the case has moved on to another unit': { zh: '已转派其他单位', en: 'the case has moved on to another unit' },
} as const satisfies Words

export const noticeWords = {
  tab: { zh: '通知', en: 'Notices' },
  none: { zh: '还没有发过通知', en: 'No notice yet' },
  noAnswer: { zh: '{n} 秒内无应答', en: 'no answer in {n} s' },
  took: { zh: '{n} 秒', en: '{n} s' },
  reference: { zh: '对方编号 {n}', en: 'number there {n}' },
  unreached: { zh: '未能自动通知，请立即打电话', en: 'No channel reached them: telephone now' },
} as const satisfies Words
