import { defaultReportInterval, type EquipmentOf } from '@lifeline/contracts'
import {
  type DemoConstructionSite,
  type DemoCrane,
  type DemoHoist,
  demoConstructionSites,
} from './demo-construction-sites.ts'
import { unitName } from './demo-units.ts'
import { registrationCode } from './registration-code.ts'

const maintenanceUnit = 'unit-jianji'
/** Card tokens of the drivers of a machine, who work in shifts. */
const operators = (deviceId: string): string[] => ['a', 'b'].map((shift) => `card-${deviceId}-${shift}`)

const common = ({ siteId, lat, lon, useUnit }: DemoConstructionSite, deviceId: string) => ({
  deviceId,
  siteId,
  location: { lat, lon },
  rural: false,
  useUnit: unitName(useUnit),
  maintenanceUnit,
  approvedForUse: true,
  operators: operators(deviceId),
  settings: {},
})

function crane(site: DemoConstructionSite, demo: DemoCrane, number: number): EquipmentOf<'tower-crane'> {
  return {
    ...common(site, `crane-${number}`),
    kind: 'tower-crane',
    registrationCode: registrationCode('tower crane', site.registeredOn, number),
    address: `${site.address}${number}号塔机`,
    reportInterval: defaultReportInterval['tower-crane'],
    parameters: { ...demo.lifting, ...demo.place, forbiddenZones: demo.forbiddenZones },
  }
}

function hoist(site: DemoConstructionSite, demo: DemoHoist, number: number): EquipmentOf<'hoist'> {
  const { floors, storey, ...parameters } = demo
  const landings = Array.from({ length: floors }, (_, floor) => Math.round(floor * storey * 100) / 100)
  return {
    ...common(site, `hoist-${number}`),
    kind: 'hoist',
    registrationCode: registrationCode('hoist', site.registeredOn, number),
    address: `${site.address}${number}号施工升降机`,
    reportInterval: defaultReportInterval.hoist,
    parameters: { ...parameters, travel: landings.at(-1) ?? 0, landings },
  }
}

/** The cranes of all demo sites, numbered through. */
export const demoCranes = demoConstructionSites
  .flatMap((site) => site.cranes.map((demo) => ({ site, demo })))
  .map(({ site, demo }, index) => crane(site, demo, index + 1))

/** The hoists of all demo sites, numbered through. */
export const demoHoists = demoConstructionSites
  .flatMap((site) => site.hoists.map((demo) => ({ site, demo })))
  .map(({ site, demo }, index) => hoist(site, demo, index + 1))
