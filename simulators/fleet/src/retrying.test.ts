import { type Logger, pino } from 'pino'
import { expect, test } from 'vitest'
import { retrying } from './retrying.ts'

function listening(): { logger: Logger; said: string[] } {
  const said: string[] = []
  return { logger: pino({ level: 'warn' }, { write: (line: string) => said.push(JSON.parse(line).reason) }), said }
}

test('it is tried again until it succeeds, and each reason is said once', async () => {
  const { logger, said } = listening()
  let attempts = 0
  const answer = await retrying(new AbortController().signal, logger, async () => {
    attempts++
    if (attempts < 3) throw new Error('not there yet')
    return 'there'
  })
  expect([answer, attempts, said]).toEqual(['there', 3, ['not there yet']])
})

test('being told to end ends the wait', async () => {
  const { logger } = listening()
  const stopping = new AbortController()
  const answer = retrying(stopping.signal, logger, async () => {
    stopping.abort()
    throw new Error('not there yet')
  })
  expect(await answer).toBeUndefined()
})
