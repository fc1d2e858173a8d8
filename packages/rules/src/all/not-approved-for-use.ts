import type { Equipment } from '@lifeline/contracts'
import { defineRule, setting } from '../rule.ts'
import { inMotion } from './in-motion.ts'

const source = 'Bishan notice 2020-26 section 3(2)2: nothing in use without inspection (GB 45067-2024 5.6)'
const calibrationSource = 'JGJ 215-2010 4.1.7: the safety device is calibrated every year'
const dayMs = 86_400_000

/** 未经许可使用: the machine runs although it may not. */
export const notApprovedForUse = defineRule({
  name: 'not_approved_for_use',
  kinds: ['elevator', 'tower-crane', 'hoist'],
  version: 1,
  title: { zh: '未经许可使用', en: 'In use without approval' },
  predicate: {
    zh: '设备未取得使用许可、检验超期（升降机含防坠安全器标定超期）而运行。',
    en: 'The machine moves while it is not approved for use, its inspection is overdue, or (hoists) the calibration of its safety device is.',
  },
  settings: {
    holdSeconds: setting(2, 's', 'a twitch is no use', 'design'),
    calibrationDays: setting(365, 'd', calibrationSource, 'V2', 'lower'),
    rejoinSeconds: setting(60, 's', 'trips one after the other are one use', 'design'),
  },
  bind: (equipment, { holdSeconds, calibrationDays }) => {
    const forbidden = prohibition(equipment, calibrationDays)
    return (frame, { base, logNow }) => {
      const reason = forbidden(logNow)
      if (reason === undefined) return false
      const moves = inMotion(equipment.kind, frame, base)
      if (moves !== true) return moves
      return {
        severity: 'major',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { reason },
        limit: { value: true, unit: 'approved', source: reason === 'calibration overdue' ? calibrationSource : source },
      }
    }
  },
})

/** Why a machine may not run at a time, or undefined where it may. */
function prohibition(equipment: Equipment, calibrationDays: number): (now: number) => string | undefined {
  const { approvedForUse, inspectionDueOn } = equipment
  const dueBy = inspectionDueOn === undefined ? Number.POSITIVE_INFINITY : Date.parse(inspectionDueOn) + dayMs
  const calibratedUntil =
    equipment.kind === 'hoist'
      ? Date.parse(equipment.parameters.safetyDeviceCalibratedOn) + (calibrationDays + 1) * dayMs
      : Number.POSITIVE_INFINITY
  return (now) => {
    if (!approvedForUse) return 'not approved'
    if (now >= dueBy) return 'inspection overdue'
    return now >= calibratedUntil ? 'calibration overdue' : undefined
  }
}
