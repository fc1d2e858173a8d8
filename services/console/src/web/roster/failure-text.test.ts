import { expect, test } from 'vitest'
import { type Bilingual, textOf } from '../dictionary/dictionary.ts'
import { failureText } from './failure-text.ts'

const zh = (words: Bilingual, values?: Readonly<Record<string, unknown>>) => textOf(words, 'zh', values)

test('why a message did not go through is said in Chinese, a status as the gateway gave it', () => {
  expect(failureText('no answer in 5 s', zh)).toBe('5 秒内无应答')
  expect(failureText('channel is switched off', zh)).toBe('渠道已停用')
  expect(failureText('HTTP 503', zh)).toBe('HTTP 503')
})
