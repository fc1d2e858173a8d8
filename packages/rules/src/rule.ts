import type { EquipmentOf, FrameOf, Incident, Kind, RuleName, Severity } from '@lifeline/contracts'

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** A threshold or time that an operator may change, with where its default comes from. */
export interface SettingDefinition {
  readonly default: number
  readonly unit: string
  /** Standard and clause, or what practice it was read from. */
  readonly source: string
  /** Marks of domain.md: V read in the standard, V2 quoted elsewhere, V code deployed practice, M unverified. */
  readonly confidence: 'V' | 'V2' | 'V code' | 'M' | 'design'
  /** A safety limit may only be tightened: which way that is. */
  readonly only?: 'lower' | 'higher'
}

/** What a rule sees while its condition holds. */
export interface Finding {
  readonly severity: Severity
  readonly lifeSafety: boolean
  readonly confidence: Incident['confidence']
  /** How long the condition must last before it is an incident, ms. */
  readonly holdMs: number
  readonly measured: Incident['measured']
  readonly limit: Incident['limit']
}

/** A finding; false where the condition does not hold; undefined where what was sent does not tell. */
export type Verdict = Finding | false | undefined

/** What is known of the device beside the frame. */
export interface Circumstances {
  /** Codes of controller events that are active, and since when (device clock, ms). */
  readonly active: Readonly<Record<string, number>>
  /** The code of an event that has just ended, while the rules are asked because of it. */
  readonly ended?: string
  /** The condition held at the last judgement. */
  readonly holding: boolean
}

export type Judge<F> = (frame: F, circumstances: Circumstances) => Verdict

export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>
/** Values of a rule's settings for one device, by name. */
export type SettingValues<S extends SettingDefinitions = SettingDefinitions> = Readonly<Record<keyof S, number>>

/** One rule of one or more kinds. Pure: no clock, no state, no I/O; time is the engine's business. */
export interface Rule<K extends Kind = Kind, S extends SettingDefinitions = SettingDefinitions> {
  readonly name: RuleName
  readonly kinds: readonly K[]
  /** Counts up with every change of what it finds. */
  readonly version: number
  readonly title: Bilingual
  readonly predicate: Bilingual
  readonly settings: S
  /** Whose clock its times are: the device's, or the log's where the device's silence is what counts. */
  readonly clock?: 'device' | 'log'
  /**
   * The rule for one device: whatever can be computed once is computed here. Absent where a frame alone does not
   * tell, and the engine asks the rule by another way.
   */
  readonly bind?: (parameters: EquipmentOf<K>['parameters'], settings: SettingValues<S>) => Judge<FrameOf<K>>
}

/** Checks a rule's parts against each other; the rule as it is. */
export const defineRule = <K extends Kind, S extends SettingDefinitions>(rule: Rule<K, S>): Rule<K, S> => rule

/** Floating-point shares are compared with this slack, so that exactly 80 % is 80 %. */
const slack = 1e-9
export const reaches = (value: number, limit: number): boolean => value >= limit - slack
export const exceeds = (value: number, limit: number): boolean => value > limit + slack

/** The episode setting that every rule has (interface.md §6, "the end of an episode"). */
export const rejoinSetting: SettingDefinition = {
  default: 10,
  unit: 's',
  source: 'the same condition within this time of clearing is the same episode',
  confidence: 'design',
}

export const setting = (
  value: number,
  unit: string,
  source: string,
  confidence: SettingDefinition['confidence'],
  only?: SettingDefinition['only'],
): SettingDefinition => ({ default: value, unit, source, confidence, ...(only === undefined ? {} : { only }) })
