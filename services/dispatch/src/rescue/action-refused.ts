/** Thrown where a case cannot take an action: `conflict` with the state it is in, or `invalid` in what was asked. */
export class ActionRefused extends Error {
  override readonly name = 'ActionRefused'
  readonly code: 'conflict' | 'invalid'
  /** The field of the body that is invalid. */
  readonly path: string

  constructor(code: 'conflict' | 'invalid', message: string, path = '') {
    super(message)
    this.code = code
    this.path = path
  }
}

export const conflict = (message: string): ActionRefused => new ActionRefused('conflict', message)
export const invalid = (path: string, message: string): ActionRefused => new ActionRefused('invalid', message, path)
