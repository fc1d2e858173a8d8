import type { Frame } from '@lifeline/contracts'
import { createElevator, type Elevator } from '@lifeline/simulator-elevator'
import { createHoist, type Hoist } from '@lifeline/simulator-hoist'
import type { Fault } from '@lifeline/simulator-physics'
import { createTowerCrane, type TowerCrane } from '@lifeline/simulator-tower-crane'
import type { RegisteredDevice } from './registry-client.ts'
import { workSector } from './work-sector.ts'

/** A simulated machine of any kind. */
export type Machine =
  | { readonly kind: 'elevator'; readonly simulator: Elevator }
  | { readonly kind: 'tower-crane'; readonly simulator: TowerCrane }
  | { readonly kind: 'hoist'; readonly simulator: Hoist }

/** What of a machine the fleet looks at, whatever its kind. */
export interface Driven {
  step(dtMs: number): void
  frame(): Frame
  release(): void
  readonly truth: { readonly time: number; readonly fault?: Fault<string> }
}

/**
 * The machine of a registered device, standing still at `startTime`. One that is not approved for use stays parked,
 * and so does a crane that its neighbours and forbidden zones leave no room.
 * @param all every registered device: a crane keeps clear of its neighbours on the site
 */
export function createMachine(
  device: RegisteredDevice,
  all: readonly RegisteredDevice[],
  seed: string,
  startTime: number,
): Machine {
  const [operator] = device.operators
  const common = {
    seed: `${seed}/${device.deviceId}`,
    startTime,
    inService: device.approvedForUse,
    ...(operator === undefined ? {} : { operator }),
  }
  switch (device.kind) {
    case 'elevator':
      return { kind: 'elevator', simulator: createElevator({ ...common, parameters: device.parameters }) }
    case 'hoist':
      return { kind: 'hoist', simulator: createHoist({ ...common, parameters: device.parameters }) }
    case 'tower-crane': {
      const { parameters } = device
      const sector = craneSector(device, all)
      const simulator =
        sector === undefined
          ? createTowerCrane({ ...common, parameters, inService: false })
          : createTowerCrane({ ...common, parameters, sector })
      return { kind: 'tower-crane', simulator }
    }
  }
}

/** Where a crane may work without regard to the others of its site. */
export function craneSector(
  device: Extract<RegisteredDevice, { kind: 'tower-crane' }>,
  all: readonly RegisteredDevice[],
) {
  const neighbours = all.flatMap((other) =>
    other.kind === 'tower-crane' && other.siteId === device.siteId && other.deviceId !== device.deviceId
      ? [other.parameters]
      : [],
  )
  return workSector(device.parameters, neighbours)
}
