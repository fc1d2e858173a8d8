import type { RuleName } from '@lifeline/contracts'
import type { Machine } from './machine.ts'
import type { RegisteredDevice } from './registry-client.ts'

/** What is done to a machine. */
export type Action =
  | { readonly name: 'entrap'; readonly people: number; readonly alarmAfterMs: number }
  | { readonly name: 'overload_moment'; readonly share: number }
  | { readonly name: 'overload' }
  | { readonly name: 'release' }

/** One line of a scene. */
export interface ScriptedAction {
  /** ms after the fleet began to report; what happens before is in its past. */
  readonly atMs: number
  readonly deviceId: string
  readonly action: Action
  /** Ground truth: the incidents that must come of it. */
  readonly expects: readonly RuleName[]
}

const second = 1_000
const minute = 60 * second
/** The maintenance unit that never answers (interface.md §6). */
const silentUnit = 'unit-silent'
/** A lift with less than this has no middle to halt in, m. */
const leastTravel = 6
const entrapmentMs = 8 * minute
const craneEveryMs = 25 * minute
const hoistEveryMs = 40 * minute
const horizonMs = 7 * 24 * 60 * minute

/**
 * The demo district's script: at once a lift with two people halts between floors and they press the alarm button,
 * after a minute and a half one whose maintenance unit never answers; each is freed after eight minutes. From the
 * third minute on a crane is overloaded now and then, from the fifth a hoist. All else drives as it should and raises
 * nothing.
 */
export function demoScenario(devices: readonly RegisteredDevice[]): ScriptedAction[] {
  const approved = devices.filter(({ approvedForUse }) => approvedForUse).sort(byId)
  const lifts = approved.flatMap((device) =>
    device.kind === 'elevator' && device.parameters.travel >= leastTravel ? [device] : [],
  )
  const answering = lifts.find(({ maintenanceUnit }) => maintenanceUnit !== silentUnit)
  const silent = lifts.find(({ maintenanceUnit }) => maintenanceUnit === silentUnit)
  const cranes = approved.filter(({ kind }) => kind === 'tower-crane')
  const hoists = approved.filter(({ kind }) => kind === 'hoist')
  return [
    // People need some ten seconds to step in and be on their way.
    ...(answering === undefined ? [] : entrapment(answering.deviceId, -10 * second)),
    ...(silent === undefined ? [] : entrapment(silent.deviceId, 80 * second)),
    ...nowAndThen(cranes, 3 * minute, craneEveryMs).map(
      ({ atMs, deviceId, nth }): ScriptedAction => ({
        atMs,
        deviceId,
        action: { name: 'overload_moment', share: nth % 3 === 2 ? 1.04 : 0.94 },
        expects: ['moment'],
      }),
    ),
    ...nowAndThen(hoists, 5 * minute, hoistEveryMs).map(
      ({ atMs, deviceId }): ScriptedAction => ({ atMs, deviceId, action: { name: 'overload' }, expects: ['overload'] }),
    ),
  ].sort((a, b) => a.atMs - b.atMs)
}

/** Does it to the machine. @throws TypeError where a machine of that kind knows no such thing */
export function act(machine: Machine, action: Action): void {
  const { kind, simulator } = machine
  if (action.name === 'release') simulator.release()
  else if (action.name === 'entrap' && kind === 'elevator') simulator.entrap(action)
  else if (action.name === 'overload_moment' && kind === 'tower-crane') simulator.overloadMoment(action.share)
  else if (action.name === 'overload' && kind !== 'tower-crane') simulator.overload()
  else throw new TypeError(`${action.name} cannot be done to a ${kind}`)
}

function entrapment(deviceId: string, atMs: number): ScriptedAction[] {
  return [
    {
      atMs,
      deviceId,
      action: { name: 'entrap', people: 2, alarmAfterMs: 3 * second },
      expects: ['entrapment', 'alarm_button'],
    },
    { atMs: Math.max(0, atMs) + entrapmentMs, deviceId, action: { name: 'release' }, expects: [] },
  ]
}

/** Each device in turn, from `firstMs` on. */
function nowAndThen(devices: readonly RegisteredDevice[], firstMs: number, everyMs: number) {
  const count = devices.length === 0 ? 0 : Math.ceil((horizonMs - firstMs) / everyMs)
  return Array.from({ length: count }, (_, nth) => {
    const { deviceId = '' } = devices[nth % devices.length] ?? {}
    return { atMs: firstMs + nth * everyMs, deviceId, nth }
  })
}

function byId(a: RegisteredDevice, b: RegisteredDevice): number {
  return a.deviceId < b.deviceId ? -1 : 1
}
