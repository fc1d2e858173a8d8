import { type Equipment, type Frame, type Kind, kinds } from '@lifeline/contracts'
import { clockSkew } from './all/clock-skew.ts'
import { offline } from './all/offline.ts'
import { sensorImplausible } from './all/sensor-implausible.ts'
import { sensorStuck } from './all/sensor-stuck.ts'
import { unreadableData } from './all/unreadable-data.ts'
import { rulesOf } from './catalogue.ts'
import { type Memory, memoryWindow } from './memory.ts'
import type { Judge, ReportedCondition, Rule, SettingDefinitions, SettingValues } from './rule.ts'
import { effectiveSettings } from './settings.ts'
import { collision } from './tower-crane/collision.ts'

/** A rule with everything that is fixed for one device worked out. */
export interface BoundRule<S extends SettingDefinitions = SettingDefinitions> {
  /** Where its episode is kept: the rule's name, and for a collision the other crane's too. */
  readonly key: string
  readonly rule: Rule
  readonly settings: SettingValues<S>
  readonly rejoinMs: number
}

export interface FrameRule extends BoundRule {
  readonly reports: ReportedCondition | undefined
  readonly yieldsTo: string | undefined
  /** Its window on what is remembered of the device that is judged, where it remembers anything. */
  readonly memory: Memory | undefined
  readonly judge: Judge<Frame>
}

export interface BoundRules {
  readonly kind: Kind
  /** Expected between two frames, s. */
  readonly reportInterval: number
  /** Those that a frame is enough for, in the order they are judged; without `stuck`. */
  readonly frame: readonly FrameRule[]
  /** Judged before the others: what it finds, they do not see. */
  readonly stuck: FrameRule | undefined
  readonly implausible: BoundRule
  readonly offline: BoundRule<(typeof offline)['settings']>
  readonly unreadable: BoundRule<(typeof unreadableData)['settings']>
  readonly clockSkew: BoundRule<(typeof clockSkew)['settings']>
  /** A crane's rule for each pair that it makes with another. */
  collisionWith(otherId: string): BoundRule<(typeof collision)['settings']>
  /** The rule that an episode's key stands for; undefined where the device has no such rule. */
  byKey(key: string): BoundRule | undefined
}

const collisionPrefix = `${collision.name}:`

/** Names of the numbers that the rules of a kind remember of a device, in their order: `{rule}.{name}`. */
export const remembered = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    rulesOf(kind).flatMap(({ name, remembers = [] }) => remembers.map((it) => `${name}.${it}`)),
  ]),
) as unknown as Readonly<Record<Kind, readonly string[]>>

const windows = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    Object.fromEntries(
      rulesOf(kind).flatMap(({ name, remembers }) =>
        remembers === undefined
          ? []
          : [[name, memoryWindow(remembers, remembered[kind].indexOf(`${name}.${remembers[0]}`))]],
      ),
    ),
  ]),
) as unknown as Readonly<Record<Kind, Readonly<Record<string, Memory>>>>

/** More machines of a different make than a partition has. */
const mostKept = 50_000
const kept = new Map<string, BoundRules>()

/**
 * The rules of a device by its parameters and settings. Machines that are alike share them: a frame then finds them in
 * the processor's cache, whichever of a hundred thousand machines it is of.
 */
export function bindRules(equipment: Equipment): BoundRules {
  const { kind, reportInterval, parameters, settings, operators, approvedForUse, inspectionDueOn } = equipment
  // No rule asks when a lift was installed, and hardly two were on the same day.
  const alike = { ...parameters, installedOn: undefined }
  const key = JSON.stringify([kind, reportInterval, alike, settings, operators, approvedForUse, inspectionDueOn])
  const known = kept.get(key)
  if (known !== undefined) return known
  if (kept.size >= mostKept) kept.clear()
  const bound = bindAnew(equipment)
  kept.set(key, bound)
  return bound
}

function bindAnew(equipment: Equipment): BoundRules {
  const values = effectiveSettings(equipment)
  const bind = <R extends { readonly name: string; readonly settings: SettingDefinitions }>(
    rule: R,
    key: string = rule.name,
  ): BoundRule<R['settings']> => {
    const settings = (values[rule.name] ?? {}) as SettingValues<R['settings']>
    const { rejoinSeconds = 0 } = settings as SettingValues
    return { key, rule: rule as unknown as Rule, settings, rejoinMs: rejoinSeconds * 1000 }
  }
  const frame = rulesOf(equipment.kind).flatMap((rule) =>
    rule.bind === undefined
      ? []
      : [
          {
            ...bind(rule),
            reports: rule.reports,
            yieldsTo: rule.yieldsTo,
            memory: windows[equipment.kind][rule.name],
            judge: rule.bind(equipment, values[rule.name] ?? {}),
          },
        ],
  )
  const fixed = {
    implausible: bind(sensorImplausible),
    offline: bind(offline),
    unreadable: bind(unreadableData),
    clockSkew: bind(clockSkew),
  }
  const collisions = new Map<string, BoundRule<(typeof collision)['settings']>>()
  const collisionWith = (otherId: string) => {
    const known = collisions.get(otherId)
    if (known !== undefined) return known
    const bound = bind(collision, collisionPrefix + otherId)
    collisions.set(otherId, bound)
    return bound
  }
  return {
    kind: equipment.kind,
    reportInterval: equipment.reportInterval,
    ...fixed,
    frame: frame.filter(({ rule }) => rule.name !== sensorStuck.name),
    stuck: frame.find(({ rule }) => rule.name === sensorStuck.name),
    collisionWith,
    byKey: (key) =>
      frame.find((rule) => rule.key === key) ??
      Object.values(fixed).find((rule) => rule.key === key) ??
      (key.startsWith(collisionPrefix) ? collisionWith(key.slice(collisionPrefix.length)) : undefined),
  }
}

/** Whether an episode keeps the log's time, not the device's. */
export const onLogClock = (key: string): boolean =>
  key === offline.name || key === unreadableData.name || key === clockSkew.name || key.startsWith(collisionPrefix)
