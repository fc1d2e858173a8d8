import type { Role } from '@lifeline/contracts'
import type { AdministrationTab, PageName } from './route.ts'

const everybody: readonly Role[] = ['dispatcher', 'supervisor', 'maintenance', 'rescuer', 'regulator', 'administrator']
const desk: readonly Role[] = ['dispatcher', 'supervisor', 'administrator']
const leads: readonly Role[] = ['supervisor', 'administrator']
const overseers: readonly Role[] = [...leads, 'regulator']

/** Who is shown which page. The API refuses what is not allowed; a page that could show nothing is not offered. */
const pages = {
  queue: everybody,
  incident: everybody,
  devices: everybody,
  device: everybody,
  map: everybody,
  roster: [...desk, 'regulator'],
  statistics: [...desk, 'regulator'],
  administration: overseers,
  wall: everybody,
} as const satisfies Record<PageName, readonly Role[]>

const tabs = {
  users: ['administrator'],
  desk: overseers,
  channels: ['administrator'],
  rules: overseers,
  audit: overseers,
  quarantine: overseers,
} as const satisfies Record<AdministrationTab, readonly Role[]>

export const mayOpen = (role: Role, page: PageName): boolean => pages[page].some((one) => one === role)
export const mayOpenTab = (role: Role, tab: AdministrationTab): boolean => tabs[tab].some((one) => one === role)
/** Changes rules and clocks, and how units are told. */
export const isLead = (role: Role): boolean => leads.includes(role)
