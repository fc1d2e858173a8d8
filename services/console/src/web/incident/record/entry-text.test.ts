import type { Unit } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { entryText } from './entry-text.ts'

const units = new Map<string, Unit>([
  ['unit-1', { id: 'unit-1', name: '璧山安捷电梯', kind: 'maintenance', phone: '13800000000' }],
])

test('an assignment says the level and the unit by name', () => {
  const details = { level: 1, unitId: 'unit-1', unitName: '璧山安捷电梯', acceptBy: 1_700_000_180_000 }
  expect(entryText({ details }, 'zh', units)).toBe('一级 维保单位 · 璧山安捷电梯')
})

test('the desk’s own reason is said in the reader’s language, a person’s in their own words', () => {
  const escalated = { from: 1, reason: 'no acceptance in time', state: 'assigned', unitId: 'unit-1' }
  expect(entryText({ details: escalated }, 'zh', units)).toBe('超时未接单 · 一级 维保单位 · 璧山安捷电梯')
  expect(entryText({ details: { reason: '无人接听' } }, 'en', units)).toBe('无人接听')
})

test('a closing says how many were freed and injured, and why it happened', () => {
  expect(entryText({ details: { freed: 2, injured: 0, cause: 'door', text: '' } }, 'zh', units)).toBe(
    '解救人数 2 · 受伤人数 0 · 门系统',
  )
})

test('what was said of the trapped and of outside help is told in words', () => {
  const tell = (details: Record<string, unknown>) => entryText({ details }, 'zh', new Map())
  expect(tell({ service: '120', reasons: ['injured', 'medical'] })).toBe('急救 120 · 有人受伤、有人不适')
  expect(tell({ reached: false })).toBe('未接通')
  expect(tell({ condition: { injured: true, heat: false, medical: false } })).toBe('有人受伤')
  expect(tell({ condition: { injured: false, heat: false, medical: false } })).toBe('')
  expect(tell({ intoId: 'x', incidentIds: ['a', 'b'] })).toBe('2 条告警 · 转入另一起事件')
})
