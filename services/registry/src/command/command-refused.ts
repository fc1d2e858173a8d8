/** A command that cannot be given to that device, or not now. Nothing of it was kept. */
export class CommandRefusedError extends Error {
  override readonly name = 'CommandRefusedError'
  readonly code = 'COMMAND_REFUSED'
  readonly because: 'format' | 'waiting'

  constructor(because: 'format' | 'waiting', message: string) {
    super(message)
    this.because = because
  }
}
