import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { type EdgeWorld, edgeWorld } from './testing/edge-world.ts'
import { type Answer, answers } from './testing/small-upstream.ts'

let world: EdgeWorld | undefined
afterEach(() => world?.remove())

/** Says who was asked, and what. */
const echo =
  (service: string): Answer =>
  async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.writeHead(200, { 'content-type': 'application/json' })
    const { method, url, headers } = request
    response.end(JSON.stringify({ service, method, url, body: Buffer.concat(chunks).toString(), headers }))
  }

interface Echo {
  readonly service: string
  readonly method: string
  readonly url: string
  readonly body: string
  readonly headers: Record<string, string>
}

test('a request reaches the service that answers it, with its method, query, body and cookie', async () => {
  world = await edgeWorld({ registry: echo('registry'), historian: echo('historian'), dispatch: echo('dispatch') })
  const ask = async (path: string, init?: RequestInit) =>
    (await (await fetch(`${world?.url}/api/v1${path}`, init)).json()) as Echo

  expect(await ask('/devices?query=%E7%92%A7%E5%B1%B1')).toMatchObject({
    service: 'registry',
    url: '/api/v1/devices?query=%E7%92%A7%E5%B1%B1',
  })
  expect(await ask('/devices/lift-1/settings')).toMatchObject({ service: 'registry' })
  expect(await ask('/devices/lift-1/telemetry?from=1&to=2&field=speed')).toMatchObject({
    service: 'historian',
    url: '/api/v1/devices/lift-1/telemetry?from=1&to=2&field=speed',
  })
  const posted = await ask('/incidents/42/accept', {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json', cookie: 'lifeline_session=x', 'x-forwarded-for': '6.6.6.6' },
  })
  expect(posted).toMatchObject({ service: 'dispatch', method: 'POST', url: '/api/v1/incidents/42/accept' })
  expect(posted.body).toBe('{"a":1}')
  expect(posted.headers).toMatchObject({ cookie: 'lifeline_session=x', 'x-forwarded-for': '127.0.0.1' })
})

test('an answer comes back as the service gave it: status, headers, problem and cookie', async () => {
  world = await edgeWorld({
    registry: (_request, response) => {
      response.writeHead(401, {
        'content-type': 'application/problem+json',
        'set-cookie': 'lifeline_session=; Max-Age=0',
      })
      response.end('{"title":"Sign in first"}')
    },
  })
  const response = await fetch(`${world.url}/api/v1/session`, { method: 'POST' })
  expect(response.status).toBe(401)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('set-cookie')).toBe('lifeline_session=; Max-Age=0')
  expect(await response.json()).toEqual({ title: 'Sign in first' })
})

test('a body that is too long is refused before a service is asked, and the refusal is heard', async () => {
  world = await edgeWorld({ dispatch: echo('dispatch') })
  for (const bytes of [(1 << 20) + 1, 20 << 20]) {
    const response = await fetch(`${world.url}/api/v1/incidents`, { method: 'POST', body: new Uint8Array(bytes) })
    expect(response.status).toBe(413)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  }
  const longest = await fetch(`${world.url}/api/v1/incidents`, { method: 'POST', body: new Uint8Array(1 << 20) })
  expect(longest.status).toBe(200)
})

test('a service that is down is a 503 problem that names it', async () => {
  world = await edgeWorld({ dispatch: 'down' })
  for (const path of ['/api/v1/incidents', '/api/v1/stream']) {
    const response = await fetch(`${world.url}${path}`)
    expect(response.status).toBe(503)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 503, title: 'Service unavailable', instance: path })
  }
})

test('an unhealthy service is not asked again and again: its own 503 goes to the caller', async () => {
  let asked = 0
  world = await edgeWorld({
    dispatch: (_request, response) => {
      asked += 1
      response.writeHead(503, { 'content-type': 'application/problem+json' })
      response.end('{"title":"Database away"}')
    },
  })
  const response = await fetch(`${world.url}/api/v1/incidents`)
  expect([response.status, await response.json()]).toEqual([503, { title: 'Database away' }])
  expect(asked).toBe(1)
})

test('a path that no service answers is a 404 problem, and so is one that tries to leave the API', async () => {
  world = await edgeWorld({ registry: answers({}), dispatch: answers({ '/metrics': [200, 'secret'] }) })
  for (const path of ['/api/v1/nothing', '/api/v2/incidents', '/api/v1/incidents/..%2F..%2F..%2Fmetrics']) {
    const response = await fetch(`${world.url}${path}`)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  }
})

test('an event stream stands at once, passes each event as it happens, and ends with its reader', async () => {
  const opened = Promise.withResolvers<ServerResponse>()
  world = await edgeWorld({
    dispatch: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      opened.resolve(response)
    },
  })
  const reader = new AbortController()
  const response = await fetch(`${world.url}/api/v1/stream`, { signal: reader.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')

  const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const upstream = await opened.promise
  for (const event of ['event: incident\ndata: {"id":"1"}\n\n', 'event: incident\ndata: {"id":"2"}\n\n']) {
    upstream.write(event)
    expect((await stream?.read())?.value).toBe(event)
  }
  const closed = once(upstream, 'close')
  reader.abort()
  await closed
})

test('two hundred consoles each have their stream, and other requests are answered beside them', async () => {
  world = await edgeWorld({
    dispatch: (request, response) => {
      const isStream = request.url === '/api/v1/stream'
      response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
      if (isStream) response.flushHeaders()
      else response.end('{}')
    },
  })
  const leaving = new AbortController()
  const streams = await Promise.all(
    Array.from({ length: 200 }, () => fetch(`${world?.url}/api/v1/stream`, { signal: leaving.signal })),
  )
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
  expect((await fetch(`${world.url}/api/v1/incidents`)).status).toBe(200)
  leaving.abort()
})

test('an event stream ends for its reader when the service dies', async () => {
  const opened = Promise.withResolvers<void>()
  world = await edgeWorld({
    dispatch: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': here\n\n')
      opened.resolve()
    },
  })
  const response = await fetch(`${world.url}/api/v1/stream`)
  await opened.promise
  const ended = response.text().catch((error: unknown) => error)
  await world.stopService('dispatch')
  expect(await ended).toBeInstanceOf(Error)
})

test('of two instances the one that answers is asked, and the other when that one dies: POST too, which goes to one', async () => {
  let posted = 0
  const well =
    (name: string): Answer =>
    (request, response) => {
      if (request.method === 'POST') posted++
      return echo(name)(request, response)
    }
  world = await edgeWorld({ dispatch: ['down', well('second'), well('third')] })
  const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
  const ask = async (init?: RequestInit) => (await (await fetch(`${world?.url}/api/v1/incidents`, init)).json()) as Echo
  expect((await ask(post)).service).toBe('second')
  expect((await ask()).service).toBe('second')
  await world.stopService('dispatch', 1)
  expect(await ask(post)).toMatchObject({ service: 'third', body: '{}' })
  expect((await ask()).service).toBe('third')
  expect(posted).toBe(2)
})

test('an instance that breaks off is followed by another for what only reads; what changes something is not repeated', async () => {
  let broken = 0
  const breaks: Answer = (request, response) => {
    if (request.url === '/healthz') return response.end('{}')
    broken++
    return request.socket.destroy()
  }
  world = await edgeWorld({ dispatch: [breaks, echo('second')] })
  const read = await fetch(`${world.url}/api/v1/incidents?state=all`)
  expect(await read.json()).toMatchObject({ service: 'second', url: '/api/v1/incidents?state=all' })
  expect(broken).toBe(1)

  await world.remove()
  let reached = 0
  const counts: Answer = (_request, response) => {
    reached++
    response.end('{}')
  }
  world = await edgeWorld({ dispatch: [breaks, counts] })
  const changed = await fetch(`${world.url}/api/v1/incidents`, { method: 'POST', body: '{}' })
  expect(changed.status).toBe(503)
  expect([broken, reached]).toEqual([2, 0])
})

test('an event stream whose desk dies is cut, and its reader goes on where it was at the other desk', async () => {
  const stream =
    (name: string): Answer =>
    (request, response) => {
      if (request.url === '/healthz') return response.end('{}')
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      return response.write(`id: ${name}\ndata: after ${request.headers['last-event-id']}\n\n`)
    }
  world = await edgeWorld({ dispatch: [stream('first'), stream('second')] })
  const open = async (last: string) => {
    const { body } = await fetch(`${world?.url}/api/v1/stream`, { headers: { 'last-event-id': last } })
    return body?.pipeThrough(new TextDecoderStream()).getReader()
  }
  const reader = await open('41')
  expect((await reader?.read())?.value).toBe('id: first\ndata: after 41\n\n')
  const cut = reader?.read().catch((error: unknown) => error)
  await world.stopService('dispatch', 0)
  expect(await cut).toBeInstanceOf(Error)
  expect((await (await open('42'))?.read())?.value).toBe('id: second\ndata: after 42\n\n')
})
