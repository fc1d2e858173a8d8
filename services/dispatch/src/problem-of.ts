import { ProblemError } from '@lifeline/service-kit'
import type { ActionRefused } from './rescue/action-refused.ts'

/** A refusal as the API answers it. */
export function problemOf({ code, message, path }: ActionRefused): ProblemError {
  if (code === 'conflict') return new ProblemError(409, 'Not possible now', message)
  return new ProblemError(422, 'Invalid request', message, [{ path, message }])
}
