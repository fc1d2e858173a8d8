/** All pages that the navigation knows. */
export const everything = ['queue', 'map', 'devices', 'roster', 'statistics', 'administration', 'wall']
/** What each role is offered of them. */
export const pages: Readonly<Record<string, readonly string[]>> = {
  dispatcher: everything.filter((name) => name !== 'administration'),
  supervisor: everything,
  maintenance: ['queue', 'map', 'devices', 'wall'],
  rescuer: ['queue', 'map', 'devices', 'wall'],
  regulator: everything,
  administrator: everything,
}
/** Of the roles that open the administration, its parts. */
export const tabs: Readonly<Record<string, readonly string[]>> = {
  supervisor: ['时限设置', '规则设置', '审计', '隔离数据'],
  regulator: ['时限设置', '规则设置', '审计', '隔离数据'],
  administrator: ['用户', '时限设置', '通知渠道', '规则设置', '审计', '隔离数据'],
}
