import type { Equipment, Report } from '@lifeline/contracts'
import { ruleCatalogue } from '@lifeline/rules'
import { notFound } from '@lifeline/service-kit'
import type { Directory } from './directory.ts'
import { problemOf } from './problem-of.ts'
import { invalid } from './rescue/action-refused.ts'

/** Most candidates that a refusal names. */
const maxCandidates = 5

/**
 * The machine that a caller's report is about.
 * @throws ProblemError 404 where there is none, 422 where what names it does not agree, or fits several, or its kind does not know the rule
 */
export function reportedDevice(directory: Directory, report: Report): Equipment {
  const equipment = namedDevice(directory, report)
  const { rescueCode, registrationCode, rule } = report
  if (rescueCode !== undefined && rescueCode !== equipment.rescueCode) throw disagrees('rescueCode', rescueCode)
  if (registrationCode !== undefined && registrationCode !== equipment.registrationCode) {
    throw disagrees('registrationCode', registrationCode)
  }
  if (!ruleCatalogue.some((known) => known.rule === rule && known.kinds.includes(equipment.kind))) {
    throw problemOf(invalid('rule', `${rule} does not happen to a machine of kind ${equipment.kind}`))
  }
  return equipment

  function disagrees(path: string, code: string): Error {
    return problemOf(invalid(path, `${code} is not the code of ${equipment.deviceId}: one of the two is wrong`))
  }
}

function namedDevice(directory: Directory, { deviceId, rescueCode, registrationCode, place = '' }: Report): Equipment {
  if (deviceId !== undefined) return found(directory.equipment(deviceId), `no device ${deviceId}`)
  if (rescueCode !== undefined) {
    return found(directory.byRescueCode(rescueCode), `no device has the rescue code ${rescueCode}`)
  }
  if (registrationCode !== undefined) {
    return found(directory.byRegistrationCode(registrationCode), `no device has the code ${registrationCode}`)
  }
  const fitting = directory.search(place)
  if (fitting.length > 1) {
    const named = fitting.slice(0, maxCandidates).map((device) => `${device.deviceId} (${device.address})`)
    const more = fitting.length > maxCandidates ? ', …' : ''
    throw problemOf(invalid('place', `${fitting.length} machines fit: ${named.join(', ')}${more}; name one of them`))
  }
  return found(fitting[0], `no device’s address or unit fits ${place}`)
}

function found(equipment: Equipment | undefined, otherwise: string): Equipment {
  if (equipment === undefined) throw notFound(otherwise)
  return equipment
}
