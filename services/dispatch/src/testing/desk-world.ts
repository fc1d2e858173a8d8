import { join } from 'node:path'
import { type Bus, connectBus, openBucket, openStreams, retrying } from '@lifeline/bus'
import {
  type DispatchSettings,
  type Equipment,
  type IncidentEvent,
  incidentSubject,
  type RescueCase,
  type SessionUser,
  type Unit,
} from '@lifeline/contracts'
import { openDatabase } from '@lifeline/database'
import { signSession } from '@lifeline/service-kit'
import {
  type ServiceProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
  tempFolder,
} from '@lifeline/test-support'
import { vi } from 'vitest'
import { migrations } from '../store/migrations.ts'
import { EventReader } from './event-reader.ts'
import { lift, units } from './lift-world.ts'

export const secret = 'a secret of at least thirty-two characters'
export const users = {
  dispatcher: { name: 'li', role: 'dispatcher' },
  supervisor: { name: 'chen', role: 'supervisor' },
  administrator: { name: 'admin', role: 'administrator' },
  regulator: { name: 'zhou', role: 'regulator' },
  maintenance: { name: 'zhao', role: 'maintenance', unitId: 'unit-lift' },
  stranger: { name: 'wu', role: 'maintenance', unitId: 'unit-silent' },
  rescuer: { name: 'sun', role: 'rescuer', unitId: 'station-near' },
  unitless: { name: 'qian', role: 'rescuer' },
} as const satisfies Record<string, SessionUser>
export type User = keyof typeof users

export interface Answer<T> {
  readonly status: number
  readonly type: string
  readonly body: T
}

/** A running desk with the registry's devices and units before it, and the engine's stream behind. */
export class DeskWorld {
  readonly nats: TestServer
  readonly bus: Bus
  readonly service: ServiceProcess
  readonly env: Readonly<Record<string, string>>
  readonly #tokens: Readonly<Record<User, string>>
  readonly #readers: EventReader[] = []
  readonly #ends: (() => Promise<void>)[]

  private constructor(parts: {
    nats: TestServer
    bus: Bus
    service: ServiceProcess
    env: Record<string, string>
    tokens: Record<User, string>
    ends: (() => Promise<void>)[]
  }) {
    this.nats = parts.nats
    this.bus = parts.bus
    this.service = parts.service
    this.env = parts.env
    this.#tokens = parts.tokens
    this.#ends = parts.ends
  }

  /** @param more variables of the service */
  static async start(more: Readonly<Record<string, string>> = {}): Promise<DeskWorld> {
    const nats = await startNatsServer()
    const folder = await tempFolder()
    const bus = await connectBus(nats.url, 'test', () => undefined)
    await openStreams(bus.connection, 1)
    const tokens = Object.fromEntries(
      await Promise.all(Object.entries(users).map(async ([name, user]) => [name, await signSession(user, secret)])),
    ) as Record<User, string>
    const env: Record<string, string> = {
      NATS_URL: nats.url,
      DATA_DIR: folder.path,
      SESSION_SECRET: secret,
      PARTITIONS: '1',
      LOG_LEVEL: 'warn',
      ...more,
    }
    const service = await serviceProcess('dispatch', env)
    const ends = [() => service.process.stop('SIGKILL'), () => bus.close(), () => nats.remove(), () => folder.remove()]
    const world = new DeskWorld({ nats, bus, service, env, tokens, ends })
    try {
      for (const unit of units) await world.setUnit(unit)
      if (env.DATABASE_URL === undefined) await makeDatabase(join(folder.path, 'dispatch'))
      await service.process.start()
      return world
    } catch (error) {
      await world.end()
      throw error
    }
  }

  async end(): Promise<void> {
    for (const reader of this.#readers) reader.close()
    for (const end of this.#ends) await end()
  }

  async setUnit(unit: Unit): Promise<void> {
    await (await openBucket(this.bus, 'units')).put(unit.id, JSON.stringify(unit))
  }

  /** Registers a lift like the others. */
  async addLift(
    deviceId: string,
    changes: Partial<Pick<Equipment, 'rescueCode' | 'registrationCode' | 'maintenanceUnit' | 'rural'>> = {},
  ) {
    const { rescueCode: _, ...rest } = lift
    const equipment: Equipment = { ...rest, deviceId, ...changes }
    await (await openBucket(this.bus, 'equipment')).put(deviceId, JSON.stringify(equipment))
  }

  async tell(event: IncidentEvent, msgID: string = event.id): Promise<void> {
    const { kind, rule, deviceId } = event.data
    const jetstream = this.bus.connection.jetstream({ timeout: 1_000 })
    // JetStream takes a moment to come back after its server.
    await retrying(() => jetstream.publish(incidentSubject(kind, rule, deviceId), JSON.stringify(event), { msgID }))
  }

  async listen(as: User = 'dispatcher', lastEventId?: string, url = this.service.url): Promise<EventReader> {
    const reader = new EventReader()
    this.#readers.push(reader)
    const headers = { ...this.headers(as), ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
    await reader.open(`${url}/api/v1/stream`, headers)
    return reader
  }

  headers(as: User): Record<string, string> {
    return { authorization: `Bearer ${this.#tokens[as]}` }
  }

  /** @param url of the desk process that is asked */
  async call<T = RescueCase>(
    as: User | undefined,
    method: string,
    path: string,
    body?: unknown,
    url = this.service.url,
  ): Promise<Answer<T>> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(as === undefined ? {} : this.headers(as)),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const type = response.headers.get('content-type') ?? ''
    return { status: response.status, type, body: (await response.json()) as T }
  }

  /** A dispatcher's report by telephone, repeated until the desk has heard from the registry that there is such a lift. */
  report(body: { readonly deviceId?: string; readonly rescueCode?: string; [more: string]: unknown }, url?: string) {
    return vi.waitUntil(
      async () => {
        const answer = await this.call('dispatcher', 'POST', '/incidents', body, url)
        return answer.status === 404 ? undefined : answer
      },
      { timeout: 30_000 },
    )
  }

  act(as: User, id: string, action: string, body: unknown = {}): Promise<Answer<RescueCase>> {
    return this.call(as, 'POST', `/incidents/${id}/${action}`, body)
  }

  async set(settings: Partial<DispatchSettings>): Promise<void> {
    const { status } = await this.call('supervisor', 'PUT', '/dispatch/settings', settings)
    if (status !== 200) throw new Error(`settings: ${status}`)
  }
}

/** Making a database takes longer than a service is given to start. */
async function makeDatabase(folder: string): Promise<void> {
  const { close } = await openDatabase({ folder, schema: 'dispatch', migrations })
  await close()
}
