import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, ServerProcess } from '@lifeline/test-support'

/** Kept from one run to the next; no dependency of the project. */
const folder = join(tmpdir(), 'lifeline-bench-node-red')
const packages = ['node-red@5.0.7', 'node-red-contrib-aedes@0.6.0', 'node-red-contrib-influxdb@0.7.0']
const program = join(folder, 'node_modules/node-red/red.js')
/** Points to a write: one by one Node-RED is slower still. */
const batch = { count: 500, seconds: 0.1 }

/** A frame as a point, and an alarm where a threshold is passed: what people write into a function node. */
const toPoint = `
const [, kind, device] = msg.topic.split('/')
const { time, faults, ...fields } = msg.payload
let alarm
if (fields.alarmButton) alarm = 'alarm_button'
else if (Math.abs(fields.speed) > 1.75 * 1.15) alarm = 'overspeed'
else if (fields.load > 1000 * 1.1) alarm = 'overload'
else if (Math.abs(fields.speed) > 0.3 && fields.door === 'open') alarm = 'moving_with_door_open'
else if (fields.safetyChain === 'open') alarm = 'safety_chain_open'
const timestamp = time + String(fields.seq % 1000000).padStart(6, '0')
const point = { measurement: kind, tags: { device }, fields: { ...fields, faults: faults.join(',') }, timestamp }
return [{ payload: point }, alarm && { topic: 'alarm/' + device, payload: { alarm, time } }]
`

/** Installs Node-RED with its broker and InfluxDB nodes where it is not yet. @returns why that was not possible */
export function installNodeRed(): string | undefined {
  if (existsSync(program)) return undefined
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...packages], {
    encoding: 'utf8',
  })
  return npm.status === 0 ? undefined : (npm.stderr ?? String(npm.error))
}

/** Headless, its broker on a free port without sign-in: MQTT in, thresholds, points to InfluxDB. */
export async function startNodeRed(influxUrl: string): Promise<{ server: ServerProcess; port: number }> {
  const [port, httpPort] = [await freePort(), await freePort()]
  const home = join(folder, 'home')
  await mkdir(home, { recursive: true })
  await writeFile(join(home, 'flows.json'), JSON.stringify(flows(port, influxUrl)))
  await writeFile(
    join(home, 'settings.js'),
    `module.exports = { uiHost: '127.0.0.1', uiPort: ${httpPort}, flowFile: 'flows.json', httpAdminRoot: false,
  telemetry: { enabled: false }, nodesDir: ${JSON.stringify(join(folder, 'node_modules'))},
  logging: { console: { level: 'warn' } } }`,
  )
  const server = new ServerProcess(
    process.execPath,
    [program, '--userDir', home, '--settings', join(home, 'settings.js')],
    () => listens(port),
    { cwd: folder },
  )
  await server.start()
  return { server, port }
}

function flows(port: number, influxUrl: string): object[] {
  const { hostname, port: influxPort } = new URL(influxUrl)
  return [
    { id: 'tab', type: 'tab', label: 'lifts' },
    {
      id: 'aedes',
      z: 'tab',
      type: 'aedes broker',
      mqtt_port: port,
      mqtt_ws_bind: 'port',
      mqtt_ws_port: '',
      wires: [[], []],
    },
    { id: 'link', type: 'mqtt-broker', broker: '127.0.0.1', port, clientid: 'flow', keepalive: 60, cleansession: true },
    {
      id: 'in',
      z: 'tab',
      type: 'mqtt in',
      topic: 'v1/+/+/telemetry',
      qos: '1',
      datatype: 'json',
      broker: 'link',
      wires: [['rules']],
    },
    { id: 'rules', z: 'tab', type: 'function', func: toPoint, outputs: 2, wires: [['gather'], ['alarm']] },
    { id: 'alarm', z: 'tab', type: 'mqtt out', topic: '', qos: '1', broker: 'link', wires: [] },
    {
      id: 'gather',
      z: 'tab',
      type: 'join',
      mode: 'custom',
      build: 'array',
      property: 'payload',
      propertyType: 'msg',
      count: String(batch.count),
      timeout: String(batch.seconds),
      wires: [['store']],
    },
    { id: 'store', z: 'tab', type: 'influxdb batch', influxdb: 'database', precision: 'n', wires: [] },
    {
      id: 'database',
      type: 'influxdb',
      hostname,
      port: influxPort,
      protocol: 'http',
      database: 'lifeline',
      influxdbVersion: '1.x',
      credentials: {},
    },
  ]
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
