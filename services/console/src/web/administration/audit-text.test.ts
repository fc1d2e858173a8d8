import { expect, test } from 'vitest'
import type { Bilingual } from '../dictionary/dictionary.ts'
import { auditText } from './audit-text.ts'

const zh = ({ zh }: Bilingual): string => zh
const en = ({ en }: Bilingual): string => en

test('an act is told in the reader’s words, from what to what', () => {
  const user = { before: { role: 'dispatcher', disabled: false }, after: { role: 'supervisor', disabled: false } }
  expect(auditText(user, zh)).toBe('之前: (角色: 接警员 · 已停用: 否) · 之后: (角色: 值班长 · 已停用: 否)')
  const settings = { before: {}, after: { overspeed: { warningRatio: 1.04 } } }
  expect(auditText(settings, en)).toBe('After: (Overspeed: (Warning from: 1.04))')
  expect(auditText({ id: 'c-1', name: 'announce', args: { text: '请稍候' } }, en)).toBe(
    'Id: c-1 · Name: Announcement · With: (Text: 请稍候)',
  )
})

test('what nobody has words for stands as it is, and nothing is said of nothing', () => {
  expect(auditText({ novelty: [1, [2, 3]], unitId: null }, zh)).toBe('novelty: 1, 2, 3')
  expect(auditText({}, zh)).toBe('')
})
