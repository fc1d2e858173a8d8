import type {
  Condition,
  Kind,
  OutsideService,
  Priority,
  Proposal,
  RescueCase,
  RuleName,
  Severity,
} from '@lifeline/contracts'

/** The levels a case can be assigned to: 1 contract maintenance, 2 rescue station, 3 fire 119 (domain.md §5.1). */
export type Tier = 1 | 2 | 3

/**
 * The one clock of a case: it waits for acceptance while `assigned`, for arrival while `accepted` or `departed`.
 * Times are ms since the Unix epoch.
 */
export interface Clock {
  /** The deadline people see; stays where it was once it has passed at the last level. */
  readonly by: number
  /** When the desk acts next: escalates, or reminds where nobody is left to escalate to. */
  readonly dueAt: number
  /** Set by `hold`: nothing happens before it. */
  readonly heldUntil?: number
}

/** When the trapped are to be called back; times are ms since the Unix epoch. */
export interface CallBack {
  /** The deadline people see. */
  readonly by: number
  /** When the desk is reminded next. */
  readonly dueAt: number
  /** Reminders since the last call. */
  readonly missed: number
}

/** That a person of the desk acts on a case of life safety; times are ms since the Unix epoch. */
export interface Acknowledgement {
  /** The deadline people see. */
  readonly by: number
  /** When the supervisor is told; absent once told, or not to be told any more. */
  readonly dueAt?: number
  /** When somebody first acted. */
  readonly at?: number
}

/** When a case first got how far, ms; steps it never took are absent. */
export interface Milestones {
  /** The desk heard of it. */
  readonly receivedAt: number
  /** How many calls there were about it. */
  readonly calls: number
  readonly acceptedAt?: number
  readonly arrivedAt?: number
  readonly freedAt?: number
}

interface Assigned {
  readonly level: Tier
  /** Unit id; absent where 119 is to be told by telephone because no fire unit is registered. */
  readonly assignedTo?: string
}

interface Handled {
  /** 0: a person of the desk took it without sending anybody. */
  readonly level: 0 | Tier
  readonly assignedTo?: string
}

export type Outcome = NonNullable<RescueCase['outcome']>

/** How far a case is. A clock runs only while a life-safety case waits for somebody. */
export type Progress =
  | { readonly state: 'received'; readonly level: 0; readonly assignedTo?: never }
  | (Assigned & {
      readonly state: 'assigned'
      readonly clock?: Clock
      /** Ids of the stations that were asked besides; whoever accepts first has it. */
      readonly alsoAsked?: readonly string[]
    })
  | (Handled & { readonly state: 'accepted' | 'departed'; readonly clock?: Clock })
  | (Handled & { readonly state: 'arrived' })
  | (Handled & { readonly state: 'freed'; readonly freed: number })
  | (Handled & { readonly state: 'closed'; readonly closedAt: number; readonly outcome: Outcome })

/** One of the engine's incidents that a case stands for, as last heard. */
export interface KnownIncident {
  readonly incidentId: string
  readonly revision: number
  readonly rule: RuleName
  readonly severity: Severity
  readonly clearedAt?: number
}

/** A case as the desk keeps it; its timeline is kept apart and only ever grows. */
export interface DeskCase {
  readonly id: string
  readonly deviceId: string
  readonly kind: Kind
  readonly siteId: string
  readonly address: string
  readonly rescueCode?: string
  readonly registrationCode?: string
  /** `YYYY-MM-DD`, of lifts. */
  readonly installedOn?: string
  /** Id of the unit that maintained the device when the case began. */
  readonly maintenanceUnit?: string
  /** The longer arrival clock applies. */
  readonly rural: boolean
  /** Units it concerns: the device's maintenance unit and every unit it was ever assigned to. */
  readonly unitIds: readonly string[]
  readonly openedBy: 'engine' | 'caller'
  /** A person has handled it: telemetry alone does not close it any more. */
  readonly touched: boolean
  readonly rule: RuleName
  /** Every rule that a joined incident or report named, the case's own among them. */
  readonly rules: readonly RuleName[]
  readonly severity: Severity
  readonly lifeSafety: boolean
  readonly priority: Priority
  /** An exercise: nobody outside is told of it. */
  readonly drill: boolean
  readonly confidence: 'suspected' | 'confirmed'
  readonly incidents: readonly KnownIncident[]
  readonly openedAt: number
  readonly milestones: Milestones
  /** The dispatcher who has it. */
  readonly takenBy?: { readonly name: string; readonly at: number }
  readonly callerPhone?: string
  readonly trapped?: number
  readonly condition: Condition
  readonly proposals: readonly Proposal[]
  /** Whom outside the desk has told of the case: they are told of its end too. */
  readonly toldOutside?: readonly OutsideService[]
  /** Runs from the opening until they are freed, where there is somebody to call back. */
  readonly callBack?: CallBack
  /** Absent where no life is at stake. */
  readonly acknowledgement?: Acknowledgement
  readonly parentId?: string
  readonly measured: Readonly<Record<string, unknown>>
  readonly limit?: NonNullable<RescueCase['limit']>
  readonly evidence: { readonly fromTime: number; readonly toTime: number }
  readonly progress: Progress
}

export type ClosedCase = DeskCase & { readonly progress: Extract<Progress, { readonly state: 'closed' }> }

export const isClosed = (rescue: DeskCase): rescue is ClosedCase => rescue.progress.state === 'closed'

/** The clock that runs, if one does. */
export function clockOf({ progress }: DeskCase): Clock | undefined {
  return 'clock' in progress ? progress.clock : undefined
}

/** Ids of the units that the case is with: who has it, or all that are asked. */
export function askedUnits({ progress }: DeskCase): readonly string[] {
  const more = progress.state === 'assigned' ? (progress.alsoAsked ?? []) : []
  return progress.assignedTo === undefined ? more : [progress.assignedTo, ...more]
}

/** When telemetry saw the last of the case's episodes end, ms; undefined while one still runs or there is none. */
export function clearedAt({ incidents }: DeskCase): number | undefined {
  let last: number | undefined
  for (const { clearedAt } of incidents) {
    if (clearedAt === undefined) return undefined
    last = Math.max(last ?? 0, clearedAt)
  }
  return last
}
