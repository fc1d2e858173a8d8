import {
  type Equipment,
  type Kind,
  kinds,
  type LogRecord,
  type RuleSettings,
  ruleSettingsSchema,
} from '@lifeline/contracts'
import { mergeSettings, type SettingViolation, settingViolations } from './settings.ts'

/** Settings that are tried out: for all machines of a kind, over their own. */
export type CandidateSettings = Partial<Record<Kind, RuleSettings>>

export class CandidateError extends Error {
  override readonly name = 'CandidateError'
  readonly violations: readonly SettingViolation[]

  constructor(violations: readonly SettingViolation[]) {
    super(violations.map(({ path, message }) => `${path}: ${message}`).join('; '))
    this.violations = violations
  }
}

/**
 * Reads `{ "{kind}": { "{rule}": { "{setting}": value } } }`.
 * @throws CandidateError naming each kind, rule or setting that is none, or may not be loosened so far
 */
export function readCandidate(value: unknown): CandidateSettings {
  const violations: SettingViolation[] = []
  const candidate: CandidateSettings = {}
  for (const [kind, settings] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
    const known = kinds.find((name) => name === kind)
    const parsed = ruleSettingsSchema.safeParse(settings)
    if (known === undefined) violations.push({ path: kind, message: `is none of ${kinds.join(', ')}` })
    else if (!parsed.success) violations.push({ path: kind, message: 'must be settings by rule, each a number' })
    else {
      violations.push(
        ...settingViolations(known, parsed.data).map(({ path, message }) => ({ path: `${kind}.${path}`, message })),
      )
      candidate[known] = parsed.data
    }
  }
  if (violations.length > 0) throw new CandidateError(violations)
  return candidate
}

/** The log as it would read had the candidate been in force. */
export function withCandidate(record: LogRecord, candidate: CandidateSettings): LogRecord {
  return record.type === 'equipment' ? { ...record, equipment: equipmentWith(record.equipment, candidate) } : record
}

/** A device as it would be with the candidate in force. */
export function equipmentWith(equipment: Equipment, candidate: CandidateSettings): Equipment {
  const changes = candidate[equipment.kind]
  return changes === undefined ? equipment : { ...equipment, settings: mergeSettings(equipment.settings, changes) }
}
