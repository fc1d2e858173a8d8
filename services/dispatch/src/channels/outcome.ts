/** What became of one message. An error names no person and no secret: it is kept, shown and logged. */
export type Outcome =
  | { readonly ok: true; readonly answer: string }
  | {
      readonly ok: false
      readonly error: string
      /** The other side will never take this message: it is not tried there again. */
      readonly permanent: boolean
    }

export const failed = (error: string, permanent = false): Outcome => ({ ok: false, error, permanent })

export const noAnswer = (timeoutMs: number): Outcome => failed(`no answer in ${timeoutMs / 1000} s`)
