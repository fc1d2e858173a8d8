import { createServer } from 'node:net'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test } from 'vitest'
import { freePorts } from './free-ports.ts'
import { runCommand } from './run-command.ts'

const script = join(import.meta.dirname, 'start.ts')

async function start(env: NodeJS.ProcessEnv, ...args: string[]) {
  const data = await tempFolder()
  onTestFinished(data.remove)
  const [MQTT_PORT, MQTTS_PORT, HTTP_PORT, NATS_PORT, INFLUX_PORT] = (await freePorts(5)).map(String)
  const usual = { ...process.env, DATA_DIR: data.path, MQTT_PORT, MQTTS_PORT, HTTP_PORT, NATS_PORT, INFLUX_PORT }
  return runCommand(process.execPath, [script, ...args], { env: { ...usual, ...env } })
}

test('a wrong variable is named and nothing is started', async () => {
  const { code, output } = await start({ MQTT_PORT: '99999' })
  expect(code).toBe(1)
  expect(output).toMatch(/^Not started, wrong in the environment: MQTT_PORT=99999: /)
})

test('an address that this machine does not have is named, and nothing hangs', async () => {
  const { code, output } = await start({ BIND: '192.0.2.1' })
  expect(code).toBe(1)
  expect(output).toContain('BIND=192.0.2.1 is no address of this machine')
})

test('a taken port is named by its variable and nothing is started', async () => {
  const [port = 0] = await freePorts(1)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { code, output } = await start({ HTTP_PORT: String(port) })
  expect(code).toBe(1)
  expect(output).toBe(
    `Not started: HTTP_PORT=${port} is taken by another process on 127.0.0.1. Free it, or set the variable to another port.`,
  )
})

test('an unknown argument is refused', async () => {
  const { code, output } = await start({}, '--simulators=no')
  expect(code).toBe(1)
  expect(output).toContain('--no-simulators')
})
