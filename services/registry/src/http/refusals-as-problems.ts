import { ProblemError } from '@lifeline/service-kit'
import { EquipmentRefusedError } from '../equipment/equipment-refused.ts'

/** What `change` gives; where the registry refuses it, a problem 422 that names each path. */
export async function refusalsAsProblems<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    if (!(error instanceof EquipmentRefusedError)) throw error
    throw new ProblemError(422, 'Refused', error.message, [...error.violations])
  }
}
