import { formatTopic, type PendingCommand } from '@lifeline/contracts'

/** A command that is to go down. */
export class OpenCommand {
  readonly command: PendingCommand
  readonly topic: string
  /** Who has it and has not acknowledged it; `done` once somebody has. */
  under: object | 'done' | undefined

  constructor(command: PendingCommand) {
    this.command = command
    this.topic = formatTopic({ kind: command.kind, deviceId: command.deviceId, channel: 'command' })
  }

  /** What goes down now. A clock without a time is set to the server's. */
  payload(now: number): string {
    const { id, name, args } = this.command
    return JSON.stringify({ id, name, args: name === 'set-clock' ? { time: now, ...args } : args })
  }
}

/** Commands that are to go down, by device, each in the order in which they were given; none beyond its time. */
export class OpenCommands {
  readonly #byDevice = new Map<string, Map<string, OpenCommand>>()

  get count(): number {
    return [...this.#byDevice.values()].reduce((sum, { size }) => sum + size, 0)
  }

  /** Takes a command in. What was known of it before stays, above all who has it. */
  add(command: PendingCommand): void {
    const { deviceId, id } = command
    const ofDevice = this.#byDevice.get(deviceId) ?? new Map<string, OpenCommand>()
    if (!ofDevice.has(id)) ofDevice.set(id, new OpenCommand(command))
    this.#byDevice.set(deviceId, ofDevice)
  }

  remove(deviceId: string, id: string): void {
    const ofDevice = this.#byDevice.get(deviceId)
    ofDevice?.delete(id)
    if (ofDevice?.size === 0) this.#byDevice.delete(deviceId)
  }

  has(deviceId: string, id: string): boolean {
    return this.#byDevice.get(deviceId)?.has(id) === true
  }

  of(deviceId: string): OpenCommand[] {
    return [...(this.#byDevice.get(deviceId)?.values() ?? [])]
  }

  get devices(): string[] {
    return [...this.#byDevice.keys()]
  }

  /** Forgets what has expired. */
  expire(now: number): void {
    for (const deviceId of this.devices) {
      for (const { command } of this.of(deviceId)) {
        if (now >= command.expiresAt) this.remove(deviceId, command.id)
      }
    }
  }
}
