import { pino } from 'pino'
import { readCredentials } from './credentials.ts'
import { Fleet } from './fleet.ts'
import { FleetConfigError, readFleetConfig } from './fleet-config.ts'
import { handoverSocket, serveHandover } from './handover.ts'
import { RegistryClient } from './registry-client.ts'
import { retrying } from './retrying.ts'

const config = (() => {
  try {
    return readFleetConfig(process.env)
  } catch (error) {
    if (!(error instanceof FleetConfigError)) throw error
    process.stderr.write(`simulators: ${error.message}\n`)
    return process.exit(1)
  }
})()
const logger = pino({ name: 'simulators', level: config.logLevel, base: { name: 'simulators' } })

const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(signal, () => stopping.abort(signal))
}

// The fleet may be started before the product is there, and then waits for it.
const ready = await retrying(stopping.signal, logger, async () => {
  const credentials = await readCredentials(config.credentialsFile)
  const registry = await RegistryClient.signIn(config.apiUrl, credentials)
  return { credentials, devices: await registry.devices() }
})
if (ready !== undefined) {
  const fleet = new Fleet({ ...config, ...ready, logger })
  const handover = await serveHandover(handoverSocket(config.credentialsFile), fleet)
  fleet.start()
  await new Promise<void>((resolve) => {
    if (stopping.signal.aborted) resolve()
    stopping.signal.addEventListener('abort', () => resolve())
  })
  logger.info({ reason: stopping.signal.reason, ...fleet.tally }, 'stopping')
  handover.close()
  await fleet.stop()
}
process.exit(0)
