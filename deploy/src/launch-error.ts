/** Why Lifeline was not started, in words for the person at the terminal: what is wrong, where, what to do. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError'
  readonly code: 'CONFIG_INVALID' | 'PORT_TAKEN' | 'DATA_IN_USE' | 'SERVER_MISSING' | 'SERVER_FAILED' | 'BUILD_FAILED'

  constructor(code: LaunchError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
