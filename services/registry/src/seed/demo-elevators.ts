import { defaultReportInterval, type EquipmentOf } from '@lifeline/contracts'
import { type DemoBuilding, type DemoLift, demoBuildings } from './demo-buildings.ts'
import { unitName } from './demo-units.ts'
import { registrationCode } from './registration-code.ts'

const centimetres = (metres: number): number => Math.round(metres * 100) / 100

/** @param number counts through the district from 1 */
function elevator(building: DemoBuilding, lift: DemoLift, number: number, car: number): EquipmentOf<'elevator'> {
  const { siteId, address, lat, lon, rural = false, useUnit, maintenanceUnit, floors, storey, installedOn } = building
  const { ratedLoad, ratedSpeed, goods = false, approvedForUse = true } = lift
  return {
    deviceId: `lift-${String(number).padStart(3, '0')}`,
    kind: 'elevator',
    siteId,
    // Spread so that a slip of one digit names no other lift.
    rescueCode: String(320_000 + number * 137),
    registrationCode: registrationCode(goods ? 'goods lift' : 'traction lift', installedOn, number),
    address: `${address}${car}号${goods ? '货梯' : '梯'}`,
    location: { lat, lon },
    rural,
    useUnit: unitName(useUnit),
    maintenanceUnit,
    approvedForUse,
    reportInterval: defaultReportInterval.elevator,
    operators: [],
    settings: {},
    parameters: { ratedLoad, ratedSpeed, travel: centimetres((floors - 1) * storey), floors, installedOn },
  }
}

/** All lifts of the demo buildings, numbered through. */
export const demoElevators: readonly EquipmentOf<'elevator'>[] = demoBuildings
  .flatMap((building) => building.lifts.map((lift, car) => ({ building, lift, car: car + 1 })))
  .map(({ building, lift, car }, index) => elevator(building, lift, index + 1, car))
