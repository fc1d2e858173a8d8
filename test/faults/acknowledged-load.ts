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

/** Payloads that nobody can understand, by their text. */
const rubbishOf = (seq: number): string => JSON.stringify({ speed: 'fast', seq })

/**
 * Lifts that send QoS 1 frames as real clients do, reconnecting and sending again by themselves, and remember which
 * frames were acknowledged.
 */
export class AcknowledgedLoad {
  readonly acknowledged: Acknowledged = new Map()
  readonly #url: string
  readonly #clients = new Map<string, MqttClient>()
  readonly #stuck = new Set<string>()
  readonly #clockErrors = new Map<string, number>()
  readonly #babbling = new Set<string>()
  /** Payloads that were acknowledged and meant nothing. */
  readonly rubbish = new Set<string>()
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

  /** It rides again. */
  release(deviceId: string): void {
    this.#stuck.delete(deviceId)
  }

  /** From now on the device's clock is wrong by so much, ms. */
  setClock(deviceId: string, errorMs: number): void {
    this.#clockErrors.set(deviceId, errorMs)
  }

  /** Whether every other payload of the device means nothing from now on. */
  babble(deviceId: string, does: boolean): void {
    if (does) this.#babbling.add(deviceId)
    else this.#babbling.delete(deviceId)
  }

  /** Stops sending until the next `start`; resolves when everything sent was acknowledged. */
  async pause(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#buffered === 0) return
    await new Promise<void>((resolve) => {
      this.#settled = resolve
    })
  }

  /** Stops sending; resolves when everything sent was acknowledged and all have left. */
  async finish(): Promise<void> {
    await this.pause()
    await Promise.all([...this.#clients.values()].map((client) => client.endAsync()))
  }

  /** Breaks off, whatever was acknowledged. */
  async leave(): Promise<void> {
    clearTimeout(this.#timer)
    await Promise.all([...this.#clients.values()].map((client) => client.endAsync(true)))
  }

  get #buffered(): number {
    return this.#underway.values().reduce((sum, count) => sum + count, 0)
  }

  #send(deviceId: string): void {
    const client = this.#clients.get(deviceId)
    const underway = this.#underway.get(deviceId) ?? 0
    if (client === undefined || underway >= bufferedFrames) return
    const seq = this.#sequence++
    const time = Date.now() + (this.#clockErrors.get(deviceId) ?? 0)
    const frame: ElevatorFrame = { time, seq, ...(this.#stuck.has(deviceId) ? stuck : riding) }
    const round = Math.floor(seq / this.#clients.size)
    const means = !(this.#babbling.has(deviceId) && round % 2 === 0)
    const payload = means ? JSON.stringify(frame) : rubbishOf(seq)
    this.#underway.set(deviceId, underway + 1)
    client.publish(`v1/elevator/${deviceId}/telemetry`, payload, { qos: 1 }, (error) => {
      if (!error && means) this.acknowledged.get(deviceId)?.add(`${time}/${seq}`)
      else if (!error) this.rubbish.add(payload)
      this.#underway.set(deviceId, (this.#underway.get(deviceId) ?? 0) - 1)
      if (this.#buffered === 0) this.#settled?.()
    })
  }
}
