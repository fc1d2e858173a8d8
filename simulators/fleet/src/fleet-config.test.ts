import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { describe, expect, test } from 'vitest'
import { readCredentials } from './credentials.ts'
import { readFleetConfig } from './fleet-config.ts'

describe('the configuration', () => {
  test('finds the product of this machine where nothing is said', () => {
    expect(readFleetConfig({ API_URL: '' })).toEqual({
      credentialsFile: '.data/credentials.json',
      mqttUrl: 'mqtt://127.0.0.1:1883',
      apiUrl: 'http://127.0.0.1:9633',
      seed: 'demo',
      sensorErrors: false,
      logLevel: 'info',
    })
  })

  test('follows the launcher’s variables', () => {
    expect(readFleetConfig({ DATA_DIR: '/data', MQTT_PORT: '2883', HTTP_PORT: '8080', SEED: '7' })).toMatchObject({
      credentialsFile: '/data/credentials.json',
      mqttUrl: 'mqtt://127.0.0.1:2883',
      apiUrl: 'http://127.0.0.1:8080',
      seed: '7',
    })
    const MQTT_URL = 'mqtts://broker:8883'
    expect(readFleetConfig({ CREDENTIALS_FILE: '/c.json', MQTT_URL, MQTT_PORT: '1' })).toMatchObject({
      credentialsFile: '/c.json',
      mqttUrl: MQTT_URL,
    })
  })

  test('lets sensors err where it is told to', () => {
    expect(readFleetConfig({ SENSOR_ERRORS: 'true' }).sensorErrors).toBe(true)
    expect(() => readFleetConfig({ SENSOR_ERRORS: 'some' })).toThrow(/SENSOR_ERRORS/)
  })

  test('names each variable that is wrong', () => {
    expect(() => readFleetConfig({ MQTT_URL: 'http://x', HTTP_PORT: 'none' })).toThrow(/MQTT_URL.*HTTP_PORT/s)
  })
})

describe('the credentials file', () => {
  test('is read as the registry writes it, and a fault in it is named with its place', async () => {
    const folder = await tempFolder()
    const file = join(folder.path, 'credentials.json')
    await expect(readCredentials(file)).rejects.toThrow(/credentials\.json: cannot be read/)
    await writeFile(file, '{')
    await expect(readCredentials(file)).rejects.toThrow(/is not JSON/)
    const good = {
      users: [{ name: 'admin', password: 'p', role: 'administrator' }],
      devices: [{ deviceId: 'lift-1', kind: 'elevator', username: 'lift-1', password: 'p' }],
      gateways: [{ gatewayId: 'gw-1', siteId: 'site-1', username: 'gw-1', password: 'p', devices: ['lift-1'] }],
    }
    await writeFile(file, JSON.stringify({ ...good, mqtt: {} }))
    expect(await readCredentials(file)).toEqual(good)
    await writeFile(file, JSON.stringify({ ...good, devices: [{ deviceId: 'lift-1', kind: 'bus' }] }))
    await expect(readCredentials(file)).rejects.toThrow(/devices\[0\]\.kind/)
    await folder.remove()
  })
})
