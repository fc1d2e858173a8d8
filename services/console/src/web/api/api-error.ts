import type { Problem } from '@lifeline/contracts'
import { type Bilingual, dictionary } from '../dictionary/dictionary.ts'

/** Thrown where the server refuses (`problem` is its own) or cannot be reached (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, problem: Problem | undefined, options?: ErrorOptions) {
    super(problem?.detail ?? problem?.title ?? `status ${status}`, options)
    this.status = status
    this.problem = problem
  }
}

const { problemWords } = dictionary
const headlines: Readonly<Record<number, Bilingual>> = {
  0: problemWords.network,
  401: problemWords.unauthorized,
  403: problemWords.forbidden,
  404: problemWords.notFound,
  409: problemWords.conflict,
  400: problemWords.invalid,
  422: problemWords.invalid,
  429: problemWords.tooMany,
  503: problemWords.unavailable,
  504: problemWords.unavailable,
}

/** What went wrong in a few words; the details are the problem's own. */
export function headlineOf(error: unknown): Bilingual {
  return (error instanceof ApiError ? headlines[error.status] : undefined) ?? problemWords.unexpected
}

/** The details in the server's words, where it gave any. */
export function detailOf(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error)
  const { problem } = error
  return problem?.detail ?? problem?.title ?? ''
}
