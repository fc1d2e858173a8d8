import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { Health } from './health.ts'
import { createHttpServer } from './http-server.ts'
import { createLogger } from './logger.ts'
import { loggable } from './problem-answers.ts'

test('the token of a rescuer’s link stays out of logs', () => {
  expect(loggable('/api/v1/rescuer/secret/accept?x=1')).toBe('/api/v1/rescuer/…/accept')
  expect(loggable('/api/v1/rescuer/secret')).toBe('/api/v1/rescuer/…')
  expect(loggable('/r/secret?x')).toBe('/r/…')
  expect(loggable('/api/v1/incidents/1?query=138')).toBe('/api/v1/incidents/1')
})

test('a URL that no route can take is a problem too', async () => {
  const server = await createHttpServer({
    name: 'test',
    logger: createLogger('test', 'silent'),
    health: new Health(),
    metrics: new Registry(),
  })
  server.get('/things/:id', () => 'found')
  for (const [url, status] of [
    ['/things/%E0%A4%A', 400],
    [`/things/${'x'.repeat(200)}`, 414],
  ] as const) {
    const answer = await server.inject(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status, title: expect.any(String) })
  }
  await server.close()
})
