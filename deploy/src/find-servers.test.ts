import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test } from 'vitest'
import { systemFolders } from './find-program.ts'
import { findServers } from './find-servers.ts'
import { influxServer } from './influx-server.ts'
import { natsServer } from './nats-server.ts'

const never = new AbortController().signal

test('where no program, no package and no Docker is to be had, the message says what to install', async () => {
  const empty = await tempFolder()
  onTestFinished(empty.remove)
  const error = await findServers([natsServer, influxServer], [empty.path], () => {}, never).catch((error) => error)
  expect(error).toMatchObject({ code: 'SERVER_MISSING' })
  expect(error.message).toContain('nats-server and influxd missing')
  expect(error.message).toContain('apt-get is not there; docker is not there')
  expect(error.message).toContain('sudo apt-get install nats-server influxdb')
  expect(error.message).toContain('set NATS_URL and INFLUX_URL to a running server')
})

test('programs on PATH are used as they are', async () => {
  const found = await findServers([natsServer, influxServer], systemFolders(), () => {}, never)
  expect(found).toMatchObject([
    { server: natsServer, source: { kind: 'program', version: expect.stringContaining('nats-server') } },
    { server: influxServer, source: { kind: 'program', version: expect.stringContaining('InfluxDB v1') } },
  ])
})

test('servers of versions that cannot be used are refused with the reason', () => {
  expect(natsServer.refuse('nats-server: v2.8.4')).toContain('2.9 or newer')
  expect(natsServer.refuse('nats-server: v2.9.10')).toBeUndefined()
  expect(natsServer.refuse('nats-server: v2.12.1')).toBeUndefined()
  expect(influxServer.refuse('InfluxDB v2.7.1 (git: 407fa622e9)')).toContain('giving INFLUX_URL')
  expect(influxServer.refuse('InfluxDB v1.8.10 (git: 1.8 688e697c51)')).toBeUndefined()
})

test('a NATS that knows sync_interval is told to sync always, an older one is not told what it would refuse', () => {
  const place = { folder: '/data/nats', host: '127.0.0.1', port: 4222 }
  expect(natsServer.config(place, 'nats-server: v2.10.0')).toContain('sync_interval: always')
  expect(natsServer.config(place, 'nats-server: v2.9.10')).not.toContain('sync_interval')
})
