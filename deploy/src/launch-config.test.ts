import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLaunchConfig } from './launch-config.ts'
import { projectRoot } from './project-root.ts'

test('without variables and arguments everything has its usual place', () => {
  expect(readLaunchConfig([], { HTTP_PORT: '', NATS_URL: '' })).toEqual({
    dataDir: join(projectRoot, '.data'),
    bind: '127.0.0.1',
    ports: { mqtt: 1883, mqtts: 8883, http: 9633, nats: 4222, influx: 8086 },
    simulators: true,
    instances: { gateway: 1, engine: 1, historian: 1, dispatch: 1 },
  })
})

test('what the operator gives is taken', () => {
  const env = {
    DATA_DIR: 'here',
    BIND: '0.0.0.0',
    MQTT_PORT: '2883',
    NATS_URL: 'nats://a:4222,nats://b:4222',
    INFLUX_URL: 'https://influx.example:8086',
    DATABASE_URL: 'postgres://lifeline@db/lifeline',
  }
  expect(readLaunchConfig(['--', '--no-simulators', '--engines', '3', '--gateways=2'], env)).toMatchObject({
    dataDir: join(process.cwd(), 'here'),
    bind: '0.0.0.0',
    ports: { mqtt: 2883, http: 9633 },
    natsUrl: env.NATS_URL,
    influxUrl: env.INFLUX_URL,
    databaseUrl: env.DATABASE_URL,
    simulators: false,
    instances: { gateway: 2, engine: 3, historian: 1, dispatch: 1 },
  })
})

test.each([
  ['BIND', '999.1.1.1'],
  ['MQTT_PORT', '70000'],
  ['HTTP_PORT', 'http'],
  ['NATS_URL', 'localhost'],
  ['INFLUX_URL', 'influx:8086'],
  ['DATABASE_URL', 'mysql://db'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readLaunchConfig([], { [name]: value })).toThrow(`${name}=${value}: `)
})

test('an argument that is not known is refused by name', () => {
  expect(() => readLaunchConfig(['--no-simulator'], {})).toThrow(
    /--no-simulator'.*arguments are --no-simulators, .*--desks N/,
  )
})

test.each(['0', 'two', '1.5', '65'])('--engines %s is refused by name', (count) => {
  expect(() => readLaunchConfig(['--engines', count], {})).toThrow(`--engines ${count}: a number from 1 to 64`)
})
