import type { Problem } from '@lifeline/contracts'

/** Thrown by a route handler to answer with RFC 9457 problem details. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code = 'HTTP_PROBLEM'
  readonly problem: Problem

  /** @param detail what was wrong and what to do, in a sentence for the caller */
  constructor(status: number, title: string, detail?: string, errors?: Problem['errors']) {
    super(detail ?? title)
    this.problem = {
      type: 'about:blank',
      title,
      status,
      ...(detail === undefined ? {} : { detail }),
      ...(errors === undefined ? {} : { errors }),
    }
  }
}

export const notFound = (what: string): ProblemError => new ProblemError(404, 'Not found', what)
