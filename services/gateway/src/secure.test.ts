import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { openAuthority, serverCertificate } from '@lifeline/deploy'
import { freePort, tempFolder } from '@lifeline/test-support'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { generate } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { credentialFor } from './testing/credential-for.ts'
import { GatewayWorld, secret } from './testing/gateway-world.ts'
import { connectPacket } from './testing/raw-client.ts'
import { storedRecords } from './testing/stored.ts'

const hosts = ['127.0.0.1']
const machines = ['EL-1', 'EL-2', 'EL-3', 'EL-4'].map(
  (deviceId) => ({ deviceId, kind: 'elevator', siteId: 'a' }) as const,
)
let folder: Awaited<ReturnType<typeof tempFolder>>
let world: GatewayWorld
let port: number

beforeAll(async () => {
  folder = await tempFolder()
  port = await freePort()
  const { certificate, key, authority } = await serverCertificate(folder.path, hosts)
  const env = {
    MQTTS_PORT: String(port),
    TLS_CERT_FILE: certificate,
    TLS_KEY_FILE: key,
    TLS_CA_FILE: authority,
  }
  world = await GatewayWorld.start({ machines, env })
})
afterAll(async () => {
  await world.stop()
  await folder.remove()
})

const file = (name: string): Buffer => readFileSync(join(folder.path, name))
const secure = (clientId: string, options: IClientOptions = {}, protocol = 'mqtts'): Promise<MqttClient> =>
  connectAsync(`${protocol}://127.0.0.1:${port}`, {
    clientId,
    protocolVersion: 4,
    reconnectPeriod: 0,
    ca: file('ca.pem'),
    ...options,
  })
const withSecret = (username: string): IClientOptions => ({ username, password: secret })

/** A certificate of our authority for a device. */
async function issued(deviceId: string, authority = folder.path): Promise<IClientOptions> {
  const files = await (await openAuthority(authority)).issue(deviceId, { commonName: deviceId, days: 1 })
  return { cert: readFileSync(files.certificate), key: readFileSync(files.key) }
}
/** Publishes a frame and waits until it is in the log. */
async function heard(client: MqttClient, deviceId: string, count = 1): Promise<void> {
  await client.publishAsync(`v1/elevator/${deviceId}/telemetry`, `{"time":1790000000000,"seq":${count}}`, { qos: 1 })
  expect(await storedRecords(world.bus, deviceId, count)).toHaveLength(count)
}

describe('over TLS', () => {
  test('a device signs in with its secret', async () => {
    const client = await secure('EL-1', withSecret('EL-1'))
    await heard(client, 'EL-1')
    await client.endAsync()
  })

  test('a device signs in with a certificate of its name in place of a secret', async () => {
    const client = await secure('EL-2', await issued('EL-2'))
    await heard(client, 'EL-2')
    await client.endAsync()
  })

  test('a certificate opens no other device, nor with the user name of another', async () => {
    const certificate = await issued('EL-2')
    await expect(secure('EL-1', certificate)).rejects.toMatchObject({ code: 2 })
    await expect(secure('EL-1', { ...certificate, ...withSecret('EL-1') })).rejects.toMatchObject({ code: 5 })
    await expect(secure('EL-9', await issued('EL-9'))).rejects.toMatchObject({ code: 5 })
  })

  test('a certificate of another authority opens nothing, also beside the right secret', async () => {
    const other = await tempFolder()
    const certificate = await issued('EL-2', other.path)
    const { cert, key } = certificate as { cert: Buffer; key: Buffer }
    const socket = connect({ port, host: '127.0.0.1', ca: file('ca.pem'), cert, key })
    const answers: Buffer[] = []
    socket.on('data', (bytes) => answers.push(bytes)).on('error', () => undefined)
    socket.write(generate(connectPacket('EL-2')))
    await new Promise((resolve) => socket.once('close', resolve))
    expect(answers).toEqual([])
    await other.remove()
    expect((await world.metrics()).get('lifeline_connections_refused_total{reason="certificate"}')).toBe(1)
  })

  test('TLS 1.1 is not spoken, and noise is no handshake', async () => {
    const old = connect({ port, host: '127.0.0.1', ca: file('ca.pem'), minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })
    const error = await new Promise<Error>((resolve) => old.once('error', resolve))
    expect(error).toHaveProperty('code', expect.stringMatching(/SSL|ECONNRESET/))
  })
})

test('a changed secret ends what a certificate of an earlier time opened', async () => {
  const certificate = await issued('EL-3')
  const client = await secure('EL-3', certificate)
  const cut = new Promise<void>((resolve) => client.once('close', () => resolve()))
  const renewed = {
    ...credentialFor('EL-3', 'another secret', ['EL-3']),
    salt: 'renewed',
    issuedAt: Date.now() + 5_000,
  }
  await world.putCredential('EL-3', renewed)
  await cut
  await expect(secure('EL-3', certificate)).rejects.toMatchObject({ code: 5 })
})

describe('over WebSocket', () => {
  test.each(['ws', 'wss'])('%s: frames go in, and messages come back', async (protocol) => {
    const deviceId = 'EL-4'
    const url = `${protocol}://127.0.0.1:${protocol === 'ws' ? world.port : port}/mqtt`
    const client = await connectAsync(url, {
      clientId: deviceId,
      protocolVersion: 4,
      reconnectPeriod: 0,
      ca: file('ca.pem'),
      ...withSecret(deviceId),
    })
    const told = new Promise((resolve) => client.once('message', (_topic, payload) => resolve(payload.toString())))
    await client.subscribeAsync(`v1/elevator/${deviceId}/error`)
    await client.publishAsync(`v1/elevator/${deviceId}/telemetry`, 'no frame', { qos: 1 })
    expect(await told).toContain('no frame')
    await client.endAsync()
  })

  test('a request for something else is answered in HTTP', async () => {
    const answer = await fetch(`http://127.0.0.1:${world.port}/`)
    expect(answer.status).toBe(426)
  })

  test('a WebSocket that is not for MQTT is refused [MQTT-6.0.0-3], and one that sends text is closed [MQTT-6.0.0-1]', async () => {
    const url = `ws://127.0.0.1:${world.port}/`
    const other = new WebSocket(url)
    await new Promise((resolve) => other.addEventListener('error', resolve))
    const texting = new WebSocket(url, 'mqtt')
    await new Promise((resolve) => texting.addEventListener('open', resolve))
    const closed = new Promise<CloseEvent>((resolve) => texting.addEventListener('close', resolve))
    texting.send('\u0010')
    expect((await closed).code).toBe(1003)
  })
})

test('new certificates are taken, and no connection is lost by it', async () => {
  const client = await secure('EL-1', withSecret('EL-1'))
  const serial = async (): Promise<string> => {
    const socket = connect({ port, host: '127.0.0.1', ca: file('ca.pem') })
    await new Promise((resolve) => socket.once('secureConnect', resolve))
    const { serialNumber } = socket.getPeerCertificate()
    socket.destroy()
    return serialNumber
  }
  const before = await serial()
  const { certificate, key } = await (await openAuthority(folder.path)).issue('next', {
    commonName: 'next',
    days: 1,
    hosts,
  })
  copyFileSync(key, join(folder.path, 'server.key'))
  copyFileSync(certificate, join(folder.path, 'server.pem'))
  await expect.poll(serial, { timeout: 20_000, interval: 200 }).not.toBe(before)
  await heard(client, 'EL-1', 2)
  await client.endAsync()
})
