import { type DispatchSettings, dispatchSettingsSchema, type Unit } from '@lifeline/contracts'
import type { TestServer } from '@lifeline/test-support'
import { DeskWorld } from '../desk-world.ts'
import { units as common } from '../lift-world.ts'
import type { RescuePlan } from '../rescue-world/rescue-plan.ts'
import { RescueWorld, type RescueWorldOptions } from '../rescue-world/rescue-world.ts'
import { DeskPair } from './desk-pair.ts'
import { maintenanceUnits, type NightCase, unitOffDuty } from './night-plan.ts'

const units: readonly Unit[] = [
  ...common,
  ...maintenanceUnits
    .filter((id) => common.every((unit) => unit.id !== id))
    .map((id, n): Unit => ({ id, name: `维保 ${n}`, kind: 'maintenance', phone: `023-9${n}` })),
]

/** The settings as they are by default, the clocks shorter by the factor, and both stations asked at level 2. */
export function shortenedSettings(factor: number): DispatchSettings {
  const settings = dispatchSettingsSchema.parse({})
  const { acceptSeconds, arriveSeconds, arriveSecondsRural, ackSeconds, callBackSeconds } = settings
  const clocks = { acceptSeconds, arriveSeconds, arriveSecondsRural, ackSeconds, callBackSeconds }
  const shorter = Object.entries(clocks).map(([name, seconds]) => [name, seconds / factor])
  return { ...settings, stationsAsked: 2, ...Object.fromEntries(shorter) }
}

/** Two desks that know the lifts and units of the plan. */
export async function startDesks(postgres: TestServer, plan: readonly NightCase[]): Promise<DeskPair> {
  const world = await DeskWorld.start({ DATABASE_URL: postgres.url })
  try {
    for (const unit of units) await world.setUnit(unit)
    for (const { deviceId, maintenanceUnit, rural } of plan) await world.addLift(deviceId, { maintenanceUnit, rural })
    // A desk reads what there is before it takes incidents.
    await world.service.process.stop()
    await world.service.process.start()
    return await DeskPair.start(world)
  } catch (error) {
    await world.end()
    throw error
  }
}

/** Sets the clocks, and the gap in the shifts of the unit that is off duty. */
export async function administer({ world }: DeskPair, settings: DispatchSettings): Promise<void> {
  await world.set(settings)
  const tomorrow = Date.now() + 86_400_000
  const shift = { unitId: unitOffDuty, from: tomorrow, to: tomorrow + 3_600_000 }
  const { status } = await world.call('supervisor', 'POST', '/dispatch/shifts', shift)
  if (status !== 201) throw new Error(`a shift of ${unitOffDuty}: ${status}`)
}

/** The crews, channels and fire desk of the night. */
export function nightRescue(
  { world, desk }: DeskPair,
  plan: readonly NightCase[],
  options: Pick<RescueWorldOptions, 'seed' | 'failing' | 'pace' | 'channelSeconds' | 'ackSeconds'>,
  settings: DispatchSettings,
): RescueWorld {
  const fates = new Map(plan.map(({ deviceId, fate }) => [deviceId, fate]))
  return new RescueWorld({
    ...options,
    units,
    desk,
    administer: async (method, path, body) => (await world.call('administrator', method, path, body)).status,
    replan: (drawn, deviceId, unitId) => replanned(drawn, fates.get(deviceId), unitId, options.pace, settings),
  })
}

/** What a crew does where the night's plan leaves it no choice. */
function replanned(
  drawn: RescuePlan,
  fate: NightCase['fate'] | undefined,
  unitId: string,
  pace: number,
  { arriveSeconds }: DispatchSettings,
): RescuePlan {
  const isStation = unitId.startsWith('station')
  switch (fate) {
    case 'level_3':
      return { ...drawn, answers: false }
    case 'level_2':
      return { ...drawn, answers: isStation }
    case 'overdue':
      // Not before it is all over; who is sent then is near.
      return isStation
        ? { ...drawn, answers: true, travel: 300 }
        : { ...drawn, answers: true, travel: (20 * arriveSeconds * 1_000) / pace }
    case 'off_duty':
      return { ...drawn, answers: true }
    default:
      return drawn
  }
}
