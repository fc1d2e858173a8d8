import { createServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { checkPorts } from './check-ports.ts'
import { freePorts } from './free-ports.ts'

async function occupy(port: number, host = '127.0.0.1'): Promise<void> {
  const server = await new Promise<Server>((resolve, reject) => {
    const opened = createServer().once('error', reject)
    opened.listen(port, host, () => resolve(opened))
  })
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
}

test('each port that is taken is named by its variable', async () => {
  const [mqtt = 0, http = 0, nats = 0] = await freePorts(3)
  await occupy(mqtt)
  await occupy(nats, '0.0.0.0')
  const error = await checkPorts({ mqtt, http, nats }, '127.0.0.1').catch((error) => error)
  expect(error).toMatchObject({ code: 'PORT_TAKEN' })
  expect(error.message).toContain(`MQTT_PORT=${mqtt} is taken`)
  expect(error.message).toContain(`NATS_PORT=${nats} is taken`)
  expect(error.message).not.toContain('HTTP_PORT')
})

test('one port for two variables is refused', async () => {
  const [port = 0] = await freePorts(1)
  await expect(checkPorts({ mqtt: port, http: port }, '127.0.0.1')).rejects.toThrow(
    `HTTP_PORT=${port} is the same as MQTT_PORT`,
  )
})

test('an address that the machine does not have is blamed on BIND', async () => {
  const [http = 0] = await freePorts(1)
  await expect(checkPorts({ http }, '192.0.2.1')).rejects.toThrow('BIND=192.0.2.1 is no address of this machine')
})

test('free ports pass, and are all different', async () => {
  const ports = await freePorts(20)
  expect(new Set(ports).size).toBe(20)
  const [mqtt = 0, http = 0] = ports
  await checkPorts({ mqtt, http }, '127.0.0.1')
})
