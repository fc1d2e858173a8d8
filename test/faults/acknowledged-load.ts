import type { ElevatorFrame } from '@lifeline/contracts'
import { connectAsync, type MqttClient } from 'mqtt'

export interface Lift {
  readonly deviceId: string
  readonly username: string
  readonly password: string
}

const riding = { mode: 'normal', speed: 1, door: 'closed', inDoorZone: false, occupied: true, people: 2 } as const
const stuck = { ...riding, speed: 0 } as const

/** A device has a buffer of so many frames; while it is full, nothing new is measured. */
const bufferedFrames = 500

/** What was acknowledged, as the recorder outside the product keeps it: `time/seq` by device. */
export type Acknowledged = Map<string, Set<string>>

/**
 * Lifts that send QoS 1 frames as real clients do, reconnecting and sending again by themselves, and remember which
 * frames were acknowledged.
 */
export class AcknowledgedLoad {
  readonly acknowledged: Acknowledged = new Map()
  readonly #url: string
  readonly #clients = new Map<string, MqttClient>()
  readonly #stuck = new Set<string>()
  #sequence = 0
  readonly #underway = new Map<string, number>()
  #settled: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(url: string) {
    this.#url = url
  }

  get acknowledgedCount(): number {
    return [...this.acknowledged.values()].reduce((sum, { size }) => sum + size, 0)
  }

  async connect(lifts: readonly Lift[]): Promise<void> {
    for (const { deviceId, username, password } of lifts) {
      const client = await connectAsync(this.#url, {
        clientId: deviceId,
        username,
        password,
        clean: false,
        protocolVersion: 4,
        reconnectPeriod: 200,
      })
      this.#clients.set(deviceId, client)
      this.acknowledged.set(deviceId, new Set())
    }
  }

  /** Sends `framesPerSecond` in all, in rounds of one frame from each lift. */
  start(framesPerSecond: number): void {
    const everyMs = (1000 * this.#clients.size) / framesPerSecond
    let next = performance.now()
    const round = (): void => {
      for (; next <= performance.now(); next += everyMs)
        for (const deviceId of this.#clients.keys()) this.#send(deviceId)
      this.#timer = setTimeout(round, Math.max(0, next - performance.now()))
    }
    round()
  }

  /** From now on the lift stands between floors with two people in it. */
  entrap(deviceId: string): void {
    this.#stuck.add(deviceId)
  }

  /** Stops sending; resolves when everything sent was acknowledged. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#buffered > 0) {
      await new Promise<void>((resolve) => {
        this.#settled = resolve
      })
    }
    await Promise.all([...this.#clients.values()].map((client) => client.endAsync()))
  }

  get #buffered(): number {
    return this.#underway.values().reduce((sum, count) => sum + count, 0)
  }

  #send(deviceId: string): void {
    const client = this.#clients.get(deviceId)
    const underway = this.#underway.get(deviceId) ?? 0
    if (client === undefined || underway >= bufferedFrames) return
    const seq = this.#sequence++
    const frame: ElevatorFrame = { time: Date.now(), seq, ...(this.#stuck.has(deviceId) ? stuck : riding) }
    this.#underway.set(deviceId, underway + 1)
    client.publish(`v1/elevator/${deviceId}/telemetry`, JSON.stringify(frame), { qos: 1 }, (error) => {
      if (!error) this.acknowledged.get(deviceId)?.add(`${frame.time}/${seq}`)
      this.#underway.set(deviceId, (this.#underway.get(deviceId) ?? 0) - 1)
      if (this.#buffered === 0) this.#settled?.()
    })
  }
}
