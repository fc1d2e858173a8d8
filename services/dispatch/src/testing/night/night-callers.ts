import { setTimeout as delay } from 'node:timers/promises'
import type { Incident, IncidentEvent } from '@lifeline/contracts'
import { doorFault, heard } from '../lift-world.ts'
import type { DeskPair } from './desk-pair.ts'
import type { NightCase } from './night-plan.ts'

/** ms before now that a late incident ended. */
const longAgoMs = 3_600_000

export const incidentIdOf = (deviceId: string): string => `${deviceId}.entrapment`
export const alarmIdOf = (deviceId: string): string => `${deviceId}.alarm`

/** How often a lift's people called, and how often the calls had to be entered until an answer came. */
export interface CallCount {
  calls: number
  tries: number
}

/** Tells the desks of one incident by the engine's stream and by the people who call. */
export async function playIncident(plan: NightCase, pair: DeskPair, pace: number): Promise<CallCount> {
  const { deviceId, at, calls, trapped, condition, drill } = plan
  const counted: CallCount = { calls: 0, tries: 0 }
  await delay(at * pace)
  const words = plan.telemetry ? tellEngine(plan, pair, pace) : Promise.resolve()
  const called = calls.map(async (after, n) => {
    await delay(after * pace)
    const report = { deviceId, trapped, callerPhone: `1390000000${n}`, ...(condition ? { condition } : {}), drill }
    const { status, tries } = await pair.insist('dispatcher', 'POST', '/incidents', report)
    if (status !== 200 && status !== 201) throw new Error(`a call about ${deviceId}: ${status}`)
    counted.calls++
    counted.tries += tries
  })
  await Promise.all([words, ...called])
  return counted
}

async function tellEngine(
  { deviceId, fate, alarmButton, doubled, clearsAfter, parent }: NightCase,
  { world }: DeskPair,
  pace: number,
): Promise<void> {
  const incidentId = incidentIdOf(deviceId)
  const tell = async (event: IncidentEvent): Promise<void> => {
    await world.tell(event)
    if (doubled) await world.tell(event, `${event.id} again`)
  }
  const openedAt = Date.now()
  const evidence = { fromTime: openedAt - 120_000, toTime: openedAt }
  const data: Partial<Incident> = {
    deviceId,
    openedAt,
    evidence,
    ...(fate === 'fault' ? doorFault : {}),
    ...(parent === undefined ? {} : { parentId: incidentIdOf(parent) }),
  }
  if (fate === 'late') {
    await tell(
      heard(incidentId, 1, { ...data, openedAt: openedAt - longAgoMs, clearedAt: openedAt - 200_000, late: true }),
    )
    return
  }
  const button = async (): Promise<void> => {
    if (!alarmButton) return
    await delay(40 * pace)
    await tell(heard(alarmIdOf(deviceId), 1, { ...data, rule: 'alarm_button', severity: 'major' }))
  }
  await tell(heard(incidentId, 1, { ...data, confidence: 'suspected' }))
  const pressed = button()
  await delay(30 * pace)
  await tell(heard(incidentId, 2, data))
  await delay((clearsAfter - 30) * pace)
  await tell(heard(incidentId, 3, { ...data, clearedAt: Date.now() }))
  await pressed
  if (alarmButton)
    await tell(
      heard(alarmIdOf(deviceId), 2, { ...data, rule: 'alarm_button', severity: 'major', clearedAt: Date.now() }),
    )
}
