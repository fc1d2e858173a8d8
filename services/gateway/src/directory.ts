import {
  type Credential,
  credentialSchema,
  idSchema,
  type Kind,
  kindSchema,
  type LogChannel,
  parseTopic,
  partitionOf,
  phoneTopic,
  type UpChannel,
  upChannels,
} from '@lifeline/contracts'
import type { Encoding, VendorFormat } from '@lifeline/protocols'
import { z } from 'zod'
import { secretMatches } from './secret.ts'
import { type ForeignDevice, type VendorRoute, VendorTopics } from './vendor-topics.ts'

/** What the gateway needs of a registered machine. */
const registeredSchema = z.object({
  kind: kindSchema,
  siteId: idSchema,
  format: idSchema.optional(),
  vendorId: z.string().optional(),
})
type Registered = z.infer<typeof registeredSchema>

/** Where what comes in on a topic goes. */
export type Route = LogRoute | AnswerRoute
/** What goes into the log. */
export type LogRoute = RouteOf<LogChannel>
/** A device's answer to a command. */
export type AnswerRoute = RouteOf<'command-ack'>

interface RouteOf<C extends UpChannel> {
  readonly topic: string
  readonly kind: Kind
  readonly deviceId: string
  readonly siteId: string
  readonly channel: C
  readonly partition: number
}

/** Whose devices' topics somebody may use. */
export interface Rights {
  readonly clientId: string
  readonly devices: readonly string[] | 'all'
  /** Of a rescuer's phone. */
  readonly unitId?: string | undefined
}

/** The rights of one who has looked at his clients himself, as a broker that is there already. */
export const rightsToAll = (clientId: string): Rights => ({ clientId, devices: 'all' })

const includes = ({ devices }: Rights, deviceId: string): boolean => devices === 'all' || devices.includes(deviceId)

/** Why a PUBLISH is refused, as a label of metrics. */
export type RefusedTopic =
  | 'unknown_format'
  | 'no_device_topic'
  | 'down_topic'
  | 'foreign_device'
  | 'not_registered'
  | 'wrong_kind'

const isUp = (channel: string): channel is UpChannel => (upChannels as readonly string[]).includes(channel)

/** Who may connect and what for: the registry's credentials and equipment as they stand now. */
export class Directory {
  readonly #partitions: number
  readonly #credentials = new Map<string, Credential>()
  readonly #equipment = new Map<string, Registered>()
  #formats: ReadonlyMap<string, VendorFormat> = new Map()
  #version = 0
  #all: { readonly version: number; readonly topics: VendorTopics } | undefined
  readonly #framed = new Map<Encoding, { readonly version: number; readonly devices: Map<string, ForeignDevice> }>()

  constructor(partitions: number) {
    this.#partitions = partitions
  }

  /** Goes up with every change: what was derived from the directory before is to be derived again. */
  get version(): number {
    return this.#version
  }

  /**
   * @param value the bucket's, undefined where it was deleted
   * @returns the credential that stood there before
   * @throws ZodError where the value is no credential; the user name is unknown then
   */
  setCredential(username: string, value: unknown): Credential | undefined {
    const previous = this.#credentials.get(username)
    this.#credentials.delete(username)
    this.#version++
    if (value !== undefined) this.#credentials.set(username, credentialSchema.parse(value))
    return previous
  }

  /** @throws ZodError where the value is no equipment; the device is unknown then */
  setEquipment(deviceId: string, value: unknown): void {
    this.#equipment.delete(deviceId)
    this.#version++
    if (value !== undefined) this.#equipment.set(deviceId, registeredSchema.parse(value))
  }

  /** @param formats by name: those that a device may be registered with beside the native one */
  setFormats(formats: ReadonlyMap<string, VendorFormat>): void {
    this.#formats = formats
    this.#version++
  }

  credential(username: string): Credential | undefined {
    return this.#credentials.get(username)
  }

  /** The credential of a client; undefined where it has none (any more). */
  credentialOf(clientId: string): Credential | undefined {
    const named = this.#credentials.get(clientId)
    if (named?.clientId === clientId) return named
    return [...this.#credentials.values()].find((credential) => credential.clientId === clientId)
  }

  /** The credential of whom the name and the secret belong to. Takes the same work for an unknown name. */
  signIn(username: string, secret: Buffer): Credential | undefined {
    const credential = this.#credentials.get(username)
    return secretMatches(credential, secret) ? credential : undefined
  }

  /** Where a PUBLISH of this client on `topic` goes, or why it may not be. */
  route(credential: Rights, topic: string): Route | VendorRoute | RefusedTopic {
    const parts = parseTopic(topic)
    if (parts === undefined) return this.#vendors(credential).route(topic)
    const { kind, deviceId, channel } = parts
    if (!isUp(channel)) return 'down_topic'
    if (!includes(credential, deviceId)) return 'foreign_device'
    const registered = this.#equipment.get(deviceId)
    if (registered === undefined) return 'not_registered'
    if (registered.kind !== kind) return 'wrong_kind'
    const { siteId } = registered
    const partition = partitionOf(siteId, this.#partitions)
    if (channel === 'command-ack') return { topic, kind, deviceId, siteId, channel, partition }
    return { topic, kind, deviceId, siteId, channel, partition }
  }

  /** Whether a client may subscribe to `filter`: topics of its own devices, wild at most in the last level. */
  maySubscribe(credential: Rights, filter: string): boolean {
    if (credential.unitId !== undefined) return filter === phoneTopic(credential.clientId)
    const wild = /\/[#+]$/.test(filter)
    const topic = parseTopic(wild ? `${filter.slice(0, -2)}/error` : filter)
    if (topic === undefined) return this.#vendors(credential).maySubscribe(filter)
    return includes(credential, topic.deviceId) && this.#equipment.get(topic.deviceId)?.kind === topic.kind
  }

  format(name: string): VendorFormat | undefined {
    return this.#formats.get(name)
  }

  /** All devices whose format is encoded so, by what they are called in it. */
  framed(encoding: Encoding): ReadonlyMap<string, ForeignDevice> {
    const known = this.#framed.get(encoding)
    if (known?.version === this.#version) return known.devices
    const foreign = this.#foreign(this.#equipment.keys())
    const those = foreign.filter(({ format }) => this.#formats.get(format)?.mapping.encoding === encoding)
    const devices = new Map(those.map((device) => [device.vendorId, device]))
    this.#framed.set(encoding, { version: this.#version, devices })
    return devices
  }

  /** The formats of the devices behind an account. */
  #vendors({ clientId, devices }: Rights): VendorTopics {
    if (devices !== 'all') return new VendorTopics(clientId, this.#foreign(devices), this.#formats)
    if (this.#all?.version !== this.#version) {
      const topics = new VendorTopics(clientId, this.#foreign(this.#equipment.keys()), this.#formats)
      this.#all = { version: this.#version, topics }
    }
    return this.#all.topics
  }

  #foreign(deviceIds: Iterable<string>): ForeignDevice[] {
    return [...deviceIds].flatMap((deviceId) => {
      const { kind, siteId, format, vendorId = deviceId } = this.#equipment.get(deviceId) ?? {}
      if (kind === undefined || siteId === undefined || format === undefined) return []
      return [{ deviceId, vendorId, kind, siteId, format, partition: partitionOf(siteId, this.#partitions) }]
    })
  }
}
