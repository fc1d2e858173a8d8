import type { Equipment, RescuerView, Unit } from '@lifeline/contracts'
import { ruleCatalogue } from '@lifeline/rules'
import { present } from '../present.ts'
import { askedUnits, clockOf, type DeskCase, isClosed } from '../rescue/desk-case.ts'

export interface ViewParts {
  readonly unitId: string
  readonly equipment: Equipment | undefined
  readonly units: ReadonlyMap<string, Unit>
  readonly deskPhone: string
  readonly cause: RescuerView['cause']
  readonly photos: number
}

/** What a crew is shown of its case; nobody's number once it is closed. */
export function rescuerView(rescue: DeskCase, parts: ViewParts): RescuerView {
  const { unitId, equipment, units, deskPhone, cause, photos } = parts
  const { id, drill, kind, deviceId, rescueCode, address, trapped, condition, openedAt, progress, rule, measured } =
    rescue
  const { state, level } = progress
  const over = isClosed(rescue)
  const by = clockOf(rescue)?.by
  const user = [...units.values()].find((unit) => unit.kind === 'use' && unit.name === equipment?.useUnit)
  const { floor } = measured
  return {
    id,
    title: ruleCatalogue.find((known) => known.rule === rule)?.title ?? { zh: rule, en: rule },
    drill,
    state,
    level,
    mine: askedUnits(rescue).includes(unitId),
    kind,
    deviceId,
    address,
    condition,
    openedAt,
    unitName: units.get(unitId)?.name ?? unitId,
    deskPhone,
    photos,
    ...present({
      rescueCode,
      location: equipment?.location,
      floor: typeof floor === 'number' ? floor : undefined,
      trapped,
      acceptBy: state === 'assigned' ? by : undefined,
      arriveBy: state === 'assigned' ? undefined : by,
      callerPhone: over ? undefined : rescue.callerPhone,
      sitePhone: over ? undefined : user?.phone,
      freed: progress.state === 'freed' ? progress.freed : undefined,
      cause,
    }),
  }
}
