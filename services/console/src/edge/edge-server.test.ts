import { afterEach, expect, test } from 'vitest'
import { type EdgeWorld, edgeWorld } from './testing/edge-world.ts'
import { answers } from './testing/small-upstream.ts'

let world: EdgeWorld | undefined
afterEach(() => world?.remove())

const get = async (path: string) => {
  const response = await fetch(`${world?.url}${path}`)
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    body: await response.text(),
  }
}

test('health is 200 when every service is well', async () => {
  world = await edgeWorld()
  const { status, body } = await get('/healthz')
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual({
    ok: true,
    reasons: [],
    services: { gateway: true, engine: true, historian: true, registry: true, dispatch: true },
  })
})

test('health is 503 with each service that is not well, and why', async () => {
  world = await edgeWorld({
    engine: answers({ '/healthz': [503, { ok: false, reasons: ['nats: not connected', 'snapshot: none yet'] }] }),
    historian: 'down',
    registry: answers({ '/healthz': [500, 'oops'] }),
    // Takes the connection and never answers.
    dispatch: () => undefined,
  })
  const { status, body } = await get('/healthz')
  expect(status).toBe(503)
  expect(JSON.parse(body)).toEqual({
    ok: false,
    reasons: [
      'engine: nats: not connected',
      'engine: snapshot: none yet',
      'historian: no answer (ECONNREFUSED)',
      'registry: status 500',
      'dispatch: no answer (2 s passed)',
    ],
    services: { gateway: true, engine: false, historian: false, registry: false, dispatch: false },
  })
})

test('of a service with several instances each is told by its name, in health and in metrics', async () => {
  const well = answers({ '/healthz': [200, { ok: true, reasons: [] }], '/metrics': [200, 'frames_total 1\n'] })
  world = await edgeWorld({ engine: [well, 'down'], gateway: [well, well] })
  const health = JSON.parse((await get('/healthz')).body)
  expect(health).toMatchObject({ ok: false, services: { gateway: true, engine: false } })
  expect(health.reasons).toEqual(['engine-2: no answer (ECONNREFUSED)'])
  const { body } = await get('/metrics')
  expect(body).toContain('frames_total{service="gateway",instance="gateway-1"} 1\n')
  expect(body).toContain('frames_total{service="gateway",instance="gateway-2"} 1\n')
  expect(body).toContain('lifeline_service_up{service="engine",instance="engine-2"} 0\n')
})

test('metrics of all services come as one text, and a service that is down says so', async () => {
  const metrics = '# HELP frames_total Frames.\n# TYPE frames_total counter\nframes_total{kind="elevator"} 7\n'
  world = await edgeWorld({
    gateway: answers({ '/metrics': [200, metrics] }),
    engine: answers({ '/metrics': [200, metrics.replace('7', '9')] }),
    dispatch: 'down',
  })
  const { status, type, body } = await get('/metrics')
  expect(status).toBe(200)
  expect(type).toContain('text/plain; version=0.0.4')
  expect(body.match(/^# TYPE frames_total counter$/gm)).toHaveLength(1)
  expect(body).toContain('frames_total{service="gateway",kind="elevator"} 7\n')
  expect(body).toContain('frames_total{service="engine",kind="elevator"} 9\n')
  expect(body).toContain('lifeline_service_up{service="engine"} 1\n')
  expect(body).toContain('lifeline_service_up{service="dispatch"} 0\n')
})

test('the API is described by one document, or by a problem while a part of it is missing', async () => {
  const part = (path: string) =>
    answers({ '/api/openapi.json': [200, { openapi: '3.1.0', paths: { [path]: { get: {} } } }] })
  const parts = {
    registry: part('/api/v1/devices'),
    historian: part('/api/v1/telemetry'),
    dispatch: part('/api/v1/incidents'),
  }
  world = await edgeWorld(parts)
  const document = JSON.parse((await get('/api/openapi.json')).body)
  expect(Object.keys(document.paths)).toEqual(['/api/v1/devices', '/api/v1/telemetry', '/api/v1/incidents'])

  await world.stopService('historian')
  const missing = await get('/api/openapi.json')
  expect(missing.status).toBe(503)
  expect(missing.type).toContain('application/problem+json')
  expect(missing.body).toContain('historian')
})

test('every address of the app gives its page, with a policy whose nonce is the page’s own and new each time', async () => {
  world = await edgeWorld()
  const pages = [await get('/'), await get('/incidents/42')]
  const nonces = pages.map(({ type, body, headers }) => {
    expect(type).toBe('text/html; charset=utf-8')
    const nonce = /nonce="([^"]+)"/.exec(body)?.[1]
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(policy).not.toContain('unsafe')
    return nonce
  })
  expect(nonces[0]).not.toBe(nonces[1])
})

test('files of the app are kept for ever; one that is not there is a 404 problem, not the page', async () => {
  world = await edgeWorld()
  const file = await get('/assets/main-1a2b.js')
  expect([file.status, file.body]).toEqual([200, 'export {}'])
  expect(file.headers.get('cache-control')).toContain('immutable')
  const missing = await get('/assets/main-old.js')
  expect(missing.status).toBe(404)
  expect(missing.type).toContain('application/problem+json')
})

test('every answer forbids sniffing, framing and referrers', async () => {
  world = await edgeWorld({ registry: 'down' })
  for (const path of ['/', '/healthz', '/api/v1/devices', '/assets/none.js']) {
    const { headers } = await get(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
})
