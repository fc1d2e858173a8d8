import type { Words } from './bilingual.ts'

export const frameWords = {
  product: { zh: '96333 应急处置', en: '96333 Rescue desk' },
  lifeSafety: { zh: '生命安全', en: 'Life safety' },
  otherCases: { zh: '其他', en: 'Other' },
  live: { zh: '实时', en: 'Live' },
  connecting: { zh: '连接中', en: 'Connecting' },
  lost: { zh: '连接中断', en: 'Link lost' },
  lostSince: {
    zh: '与服务器的连接中断，画面停在 {time}。正在重连；期间请用电话确认。',
    en: 'The link to the server is lost; this is how it was at {time}. Reconnecting; use the telephone meanwhile.',
  },
  newCase: { zh: '电话接警', en: 'New case by phone' },
  signOut: { zh: '退出', en: 'Sign out' },
  otherLanguage: { zh: 'English', en: '中文' },
  soundLocked: {
    zh: '声音未开启：有新的困人事件时不会响铃。按此开启',
    en: 'Sound is off: a new entrapment would not ring. Press to turn it on',
  },
  mute: { zh: '静音 5 分钟', en: 'Mute 5 min' },
  muted: { zh: '静音中 {time} · 恢复', en: 'Muted {time} · unmute' },
  mishap: { zh: '画面出错了。事件不受影响。', en: 'The screen has failed. The cases are not affected.' },
  reload: { zh: '重新载入', en: 'Load again' },
  othersWaiting: { zh: '另有 {n} 起生命安全事件等待接单', en: 'Life-safety cases still waiting: {n}' },
} as const satisfies Words

export const signInWords = {
  name: { zh: '用户名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  submit: { zh: '登录', en: 'Sign in' },
  oidc: { zh: '统一身份登录', en: 'Sign in with the identity provider' },
  expired: { zh: '登录已过期，请重新登录', en: 'The session has ended; sign in again' },
  failed: { zh: '用户名或密码不对', en: 'Name or password is wrong' },
} as const satisfies Words

export const queueWords = {
  open: { zh: '未结', en: 'Open' },
  closed: { zh: '已结', en: 'Closed' },
  all: { zh: '全部', en: 'All' },
  none: { zh: '没有未结事件', en: 'No open case' },
  noneListed: { zh: '没有事件', en: 'No case' },
  loading: { zh: '正在读取…', en: 'Loading…' },
  more: { zh: '更早的事件', en: 'Earlier cases' },
  rescueCode: { zh: '救援码', en: 'Rescue code' },
  acceptBy: { zh: '接单剩余', en: 'To accept' },
  acceptOver: { zh: '接单超时', en: 'Not accepted' },
  arriveBy: { zh: '到场剩余', en: 'To arrive' },
  arriveOver: { zh: '到场超时', en: 'Not arrived' },
  elapsed: { zh: '已持续', en: 'Elapsed' },
  held: { zh: '已延时', en: 'held' },
  trapped: { zh: '{n} 人被困', en: '{n} trapped' },
  telephone119: { zh: '请电话通知 119', en: 'Telephone 119' },
  unknownAddress: { zh: '地址未登记', en: 'Address not registered' },
} as const satisfies Words

export const incidentWords = {
  back: { zh: '返回队列', en: 'Back to the queue' },
  contacts: { zh: '联系电话', en: 'People to call' },
  facts: { zh: '设备', en: 'Device' },
  timeline: { zh: '经过', en: 'Timeline' },
  measured: { zh: '实测', en: 'Measured' },
  limit: { zh: '限值', en: 'Limit' },
  source: { zh: '依据', en: 'Source' },
  device: { zh: '设备号', en: 'Device' },
  registrationCode: { zh: '注册代码', en: 'Registration code' },
  useUnit: { zh: '使用单位', en: 'Used by' },
  assignedUnit: { zh: '现派', en: 'Sent now' },
  notApproved: { zh: '未准用', en: 'Not approved for use' },
  openedAt: { zh: '发生', en: 'Began' },
  clearedAt: { zh: '监测恢复', en: 'Telemetry normal since' },
  belongsTo: { zh: '属于事件', en: 'Belongs to case' },
  alsoAsked: { zh: '同时询问', en: 'also asked' },
  aroundEvent: { zh: '事发前后', en: 'Around the event' },
  lastMinutes: { zh: '最近两分钟', en: 'Last two minutes' },
  noTelemetry: { zh: '这段时间没有数据', en: 'No data in this time' },
  limitLine: { zh: '限值', en: 'limit' },
  beginning: { zh: '发生', en: 'began' },
  notFound: { zh: '没有这个事件', en: 'There is no such case' },
} as const satisfies Words

export const newCaseWords = {
  title: { zh: '电话接警', en: 'New case by phone' },
  search: { zh: '救援码（6 位）／地址／单位／注册代码', en: 'Rescue code (6 digits), address, unit, registration' },
  moreFound: { zh: '另有 {n} 台，请再输入几个字', en: '{n} more; type a little more' },
  offline: { zh: '离线', en: 'offline' },
  nothingFound: { zh: '没有找到设备', en: 'No device found' },
  callerPhone: { zh: '来电号码', en: 'Caller number' },
  trapped: { zh: '被困人数', en: 'People trapped' },
  orCount: { zh: '或人数', en: 'or how many' },
  rule: { zh: '情况', en: 'What happened' },
  text: { zh: '来电内容', en: 'What the caller says' },
  submit: { zh: '立案并派单', en: 'Open and dispatch' },
  alreadyOpen: { zh: '该设备已有未结事件，提交后并入', en: 'This device has an open case; yours joins it' },
  chooseDevice: { zh: '先选定设备', en: 'Choose the device first' },
  close: { zh: '关闭', en: 'Close' },
} as const satisfies Words

export const problemWords = {
  network: { zh: '连不上服务器，操作未送达', en: 'The server cannot be reached; nothing was sent' },
  unauthorized: { zh: '请重新登录', en: 'Sign in again' },
  forbidden: { zh: '无此权限', en: 'You may not do this' },
  notFound: { zh: '不存在', en: 'Not found' },
  conflict: { zh: '事件当前状态不允许此操作', en: 'The state of the case does not allow this' },
  invalid: { zh: '填写有误', en: 'Something is filled in wrongly' },
  tooMany: { zh: '尝试次数太多，请稍后再试', en: 'Too many attempts; wait a while' },
  unavailable: { zh: '服务暂不可用，操作未完成，请重试', en: 'A service is down; it was not done, try again' },
  unexpected: { zh: '出错了', en: 'Something went wrong' },
} as const satisfies Words
