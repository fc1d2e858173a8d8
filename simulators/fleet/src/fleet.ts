import type { Frame } from '@lifeline/contracts'
import { Reporting } from '@lifeline/simulator-physics'
import type { Logger } from 'pino'
import type { Credentials } from './credentials.ts'
import { demoScenario, type ScriptedAction } from './demo-scenario.ts'
import { DeviceLink, type LinkTally } from './device-link.ts'
import { DrivenDevice } from './driven-device.ts'
import { type PlannedLink, planLinks } from './link-plan.ts'
import { createMachine } from './machine.ts'
import type { RegisteredDevice } from './registry-client.ts'
import { reportingProfile } from './reporting-profile.ts'

export interface FleetOptions {
  readonly mqttUrl: string
  readonly seed: string
  readonly credentials: Credentials
  readonly devices: readonly RegisteredDevice[]
  /** Sensors and links err as real ones do. Default false. */
  readonly sensorErrors?: boolean
  readonly logger: Logger
}

const stepMs = 250
const summaryMs = 60_000
/** The machines have been running so long when the fleet begins to report, ms: not all stand at the start. */
const warmUpMs = 120_000

interface Member {
  driven: DrivenDevice
  readonly link: DeviceLink
  /** The link is the device's own: it is closed while someone else speaks for the device. */
  readonly ownLink: boolean
  handedOver: boolean
  fault: string | undefined
}

/** All registered devices that can sign in, driven by their simulators and speaking over MQTT as the real ones would. */
export class Fleet {
  readonly #options: FleetOptions
  readonly #members = new Map<string, Member>()
  readonly #links: readonly { readonly link: DeviceLink; readonly plan: PlannedLink }[]
  #timer: NodeJS.Timeout | undefined
  #summaryAt = 0
  #stopping = false

  constructor(options: FleetOptions) {
    this.#options = options
    const { credentials, devices, mqttUrl: url, logger } = options
    this.#links = planLinks(credentials, devices).map((plan) => {
      const { clientId, username, password, carried } = plan
      return { plan, link: new DeviceLink({ url, clientId, username, password, devices: carried, logger }) }
    })
  }

  /** Connects everything, begins to report and to play the script. */
  start(): void {
    const { devices, logger } = this.#options
    const startTime = Date.now()
    const script = demoScenario(this.#links.flatMap(({ plan }) => plan.carried))
    for (const { link, plan } of this.#links) {
      for (const device of plan.carried) {
        const own = script.filter(({ deviceId }) => deviceId === device.deviceId)
        const driven = this.#drive(device, startTime, warmUpMs, own)
        const ownLink = device.deviceId === plan.clientId
        this.#members.set(device.deviceId, { driven, link, ownLink, handedOver: false, fault: undefined })
      }
      link.start()
    }
    this.#summaryAt = startTime + summaryMs
    this.#timer = setInterval(() => this.#step(), stepMs)
    const unheard = devices.length - this.#members.size
    logger.info({ devices: this.#members.size, connections: this.#links.length, unheard }, 'driving')
  }

  /** Says `offline` for every device and closes all connections. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#timer)
    await Promise.all(this.#links.map(({ link }) => link.stop()))
  }

  /** Connections and frames, in sum. */
  get tally(): Omit<LinkTally, 'connected'> & { readonly connections: number; readonly connected: number } {
    const tallies = this.#links.map(({ link }) => link.tally)
    const sum = (name: 'published' | 'acknowledged' | 'refused'): number =>
      tallies.reduce((total, tally) => total + tally[name], 0)
    const problem = tallies.find((tally) => tally.problem !== undefined)?.problem
    return {
      connections: tallies.length,
      connected: tallies.filter(({ connected }) => connected).length,
      published: sum('published'),
      acknowledged: sum('acknowledged'),
      refused: sum('refused'),
      ...(problem === undefined ? {} : { problem }),
    }
  }

  /** Falls silent for a device so that someone else can speak for it. @returns false where it is none of the fleet's */
  async handOver(deviceId: string): Promise<boolean> {
    const member = this.#members.get(deviceId)
    if (member === undefined || member.handedOver) return false
    member.handedOver = true
    if (member.ownLink) await member.link.stop()
    this.#options.logger.info({ device: deviceId }, 'handed over')
    return true
  }

  /** Speaks for a device again: its machine begins anew, at rest, and its script is over. */
  takeBack(deviceId: string): void {
    const member = this.#members.get(deviceId)
    if (member === undefined || !member.handedOver || this.#stopping) return
    member.driven = this.#drive(member.driven.device, Date.now(), 0, [])
    member.handedOver = false
    member.fault = undefined
    if (member.ownLink) member.link.start()
    this.#options.logger.info({ device: deviceId }, 'taken back')
  }

  #drive(
    device: RegisteredDevice,
    startTime: number,
    ranBeforeMs: number,
    script: readonly ScriptedAction[],
  ): DrivenDevice {
    const { devices, seed, sensorErrors = false } = this.#options
    const machine = createMachine(device, devices, seed, startTime - ranBeforeMs)
    const profile = reportingProfile(device)
    const own = `${seed}/${device.deviceId}`
    const reporting = sensorErrors ? new Reporting<Frame>({ profile, seed: own, startTime }) : undefined
    return new DrivenDevice(device, machine, startTime, script, reporting)
  }

  #step(): void {
    const now = Date.now()
    for (const member of this.#members.values()) {
      if (!member.handedOver) this.#advance(member, now)
    }
    if (now < this.#summaryAt) return
    this.#summaryAt = now + summaryMs
    this.#options.logger.info(this.tally, 'driving')
  }

  #advance(member: Member, now: number): void {
    const { driven, link } = member
    const { logger } = this.#options
    for (const frame of driven.advance(now).frames) {
      link.send(driven.device, frame).catch((error: unknown) => {
        if (!this.#stopping) logger.warn({ device: driven.device.deviceId, err: error }, 'a frame was not taken')
      })
    }
    const fault = driven.truth.fault?.name
    if (fault === member.fault) return
    const [name, what] = fault === undefined ? [member.fault, 'is over'] : [fault, 'begins']
    logger.info({ device: driven.device.deviceId, truth: name }, `${name} ${what}`)
    member.fault = fault
  }
}
