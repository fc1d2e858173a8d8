import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bus } from '@lifeline/bus'
import type { EquipmentOf, IncidentEvent } from '@lifeline/contracts'
import { generate } from 'mqtt-packet'
import { enterIntoLog } from './bench-district.ts'
import type { LoadAccount } from './load-client.ts'

const now = (): number => performance.timeOrigin + performance.now()

/**
 * A lift in which somebody presses the alarm button, while others do what they do: milliseconds from the write to the
 * socket to the incident on NATS. A lift alarms once, as the same condition soon after is the same incident; so there
 * are many lifts, all behind one site gateway's connection, which stays as it is.
 */
export class AlarmProbe {
  readonly #socket: Socket
  readonly #lifts: readonly EquipmentOf<'elevator'>[]
  /** By device, what no incident has come of yet, ms since the Unix epoch. */
  readonly #pressedAt = new Map<string, number>()
  /** When the button was pressed that an incident is about, ms since the Unix epoch, by the incident's id. */
  readonly pressedFor = new Map<string, number>()
  #next = 0
  #latencies: number[] = []

  private constructor(socket: Socket, lifts: readonly EquipmentOf<'elevator'>[]) {
    this.#socket = socket
    this.#lifts = lifts
  }

  /** @param lifts of one site; entered into the log here, as the registry does */
  static async start(
    bus: Bus,
    port: number,
    account: LoadAccount,
    lifts: readonly EquipmentOf<'elevator'>[],
    partitions: number,
  ): Promise<AlarmProbe> {
    await enterIntoLog(bus, partitions, lifts)
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const { clientId, username, password } = account
    socket.write(generate({ cmd: 'connect', clientId, username, password: Buffer.from(password), clean: true }))
    await once(socket, 'data')
    socket.resume()
    const probe = new AlarmProbe(socket, lifts)
    const subscription = bus.connection.subscribe('incident.elevator.alarm_button.*', {
      callback: (error, message) => {
        if (error === null) probe.#hear(message.json<IncidentEvent>())
      },
    })
    await bus.connection.flush()
    socket.once('close', () => subscription.unsubscribe())
    return probe
  }

  /** Presses one button after the other, every `everyMs`, until `end` resolves; the latencies, sorted. */
  async until(end: Promise<unknown>, everyMs: number): Promise<number[]> {
    let ended = false
    void end.then(() => {
      ended = true
    })
    this.#latencies = []
    while (!ended && this.#next < this.#lifts.length) {
      this.#press()
      await delay(everyMs)
    }
    await end
    while (this.#pressedAt.size > 0) await delay(10)
    return this.#latencies.toSorted((one, other) => one - other)
  }

  end(): void {
    this.#socket.destroy()
  }

  #press(): void {
    const { deviceId } = this.#lifts[this.#next++] as EquipmentOf<'elevator'>
    const payload = JSON.stringify({ time: Date.now(), alarmButton: true, speed: 0, door: 'closed', floor: 3 })
    const topic = `v1/elevator/${deviceId}/telemetry`
    const packet = generate({
      cmd: 'publish',
      topic,
      payload,
      qos: 1,
      messageId: this.#next,
      dup: false,
      retain: false,
    })
    this.#pressedAt.set(deviceId, now())
    this.#socket.write(packet)
  }

  #hear({ subject, type, data }: IncidentEvent): void {
    const pressedAt = this.#pressedAt.get(subject)
    if (pressedAt === undefined || type !== 'incident.opened') return
    this.#pressedAt.delete(subject)
    this.pressedFor.set(data.incidentId, pressedAt)
    this.#latencies.push(now() - pressedAt)
  }
}
