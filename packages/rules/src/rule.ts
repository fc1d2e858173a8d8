import type { EquipmentOf, Frame, FrameOf, Incident, Kind, RuleName, Severity } from '@lifeline/contracts'
import type { Memory } from './memory.ts'

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

/** How far a setting may be from its default: further, and the rule would no longer be one. */
const widest = { below: 30, above: 4 }

/** The least and the greatest value that a setting may have. */
export function rangeOf({ default: value, only }: SettingDefinition): readonly [least: number, most: number] {
  return [only === 'higher' ? value : value / widest.below, only === 'lower' ? value : value * widest.above]
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
  /**
   * What else is known speaks against it: one reading and then silence do not tell it. Absent, only a long wait needs
   * more than one; false where what else is known speaks for it.
   */
  readonly doubtful?: boolean
  /** The controller's own code that says so: it ends when that ends, where nothing else tells. */
  readonly reported?: string
}

/** A finding; false where the condition does not hold; undefined where what was sent does not tell. */
export type Verdict = Finding | false | undefined

/** What is known of the device beside the frame. */
export interface Circumstances<M extends string = string> {
  /** Codes of controller events that are active, and since when (device clock, ms). */
  readonly active: Readonly<Record<string, number>>
  /** The frame before, without implausible and stuck values. */
  readonly previous: Frame | null
  /** How long the frame before is ago by the device's clock, ms; infinite where there is none. */
  readonly sincePrevious: number
  /** A frame at least a second older, where there is one. */
  readonly base: Frame | null
  /** The condition held at the last judgement. */
  readonly holding: boolean
  /** It has lasted long enough to be an incident, and that has not ended. */
  readonly opened: boolean
  /** What the rule itself remembers of the device. */
  readonly memory: Memory<M>
  /** The log's time, ms: for what counts in days, whatever the device's clock says. */
  readonly logNow: number
}

export type Judge<F, M extends string = string> = (frame: F, circumstances: Circumstances<M>) => Verdict

export interface ReportedCondition {
  /** Codes of events, or among a frame's faults. */
  readonly slugs: readonly string[]
  readonly severity: Severity
  readonly lifeSafety: boolean
  readonly source: string
}

/** Where the machine itself has judged it. */
export const reportedSource = 'the machine’s own limiter or monitor reports it'

export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>
/** Values of a rule's settings for one device, by name. */
export type SettingValues<S extends SettingDefinitions = SettingDefinitions> = Readonly<Record<keyof S, number>>

/** One rule of one or more kinds. Pure: no clock, no state, no I/O; time is the engine's business. */
export interface Rule<
  K extends Kind = Kind,
  S extends SettingDefinitions = SettingDefinitions,
  M extends string = string,
> {
  readonly name: RuleName
  readonly kinds: readonly K[]
  /** Counts up with every change of what it finds. */
  readonly version: number
  readonly title: Bilingual
  readonly predicate: Bilingual
  readonly settings: S
  /** What the machine's own controller or limiter says and means by it the same; believed at once, in any mode. */
  readonly reports?: ReportedCondition
  /** The graver rule that speaks of the same event: while its condition holds, this one's does not. */
  readonly yieldsTo?: RuleName
  /** Names of the numbers that it remembers of a device. */
  readonly remembers?: readonly M[]
  /**
   * The rule for one device: whatever can be computed once is computed here. Absent where a frame alone does not
   * tell, and the engine asks the rule by another way.
   */
  readonly bind?: (equipment: EquipmentOf<K>, settings: SettingValues<S>) => Judge<FrameOf<K>, M>
}

/** Checks a rule's parts against each other; the rule as it is. */
export const defineRule = <K extends Kind, S extends SettingDefinitions, M extends string = never>(
  rule: Rule<K, S, M>,
): Rule<K, S, M> => rule

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
