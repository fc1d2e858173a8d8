import { demoBuildings } from './demo-buildings.ts'
import { demoConstructionSites } from './demo-construction-sites.ts'
import { demoElevators } from './demo-elevators.ts'
import { demoCranes, demoHoists } from './demo-machines.ts'
import { demoUnits } from './demo-units.ts'
import type { District } from './district.ts'

/** Buildings whose lifts also report through one gateway, as the construction sites' machines do. */
const buildingsWithGateway: readonly string[] = ['hospital', 'plaza']

const gatewayOf = (siteId: string) => ({ id: `gateway-${siteId}`, siteId })

/** An invented district (interface.md §5), the same at every first start. */
export const demoDistrict: District = {
  sites: [
    ...demoBuildings.map(({ siteId, name, rural = false, lat, lon }) => ({
      id: siteId,
      name,
      kind: 'building' as const,
      rural,
      lat,
      lon,
    })),
    ...demoConstructionSites.map(({ siteId, name, lat, lon }) => ({
      id: siteId,
      name,
      kind: 'construction' as const,
      rural: false,
      lat,
      lon,
    })),
  ],
  units: demoUnits,
  gateways: [...demoConstructionSites.map(({ siteId }) => gatewayOf(siteId)), ...buildingsWithGateway.map(gatewayOf)],
  equipment: [...demoElevators, ...demoCranes, ...demoHoists],
}
