import { roles } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { isLead, mayOpen, mayOpenTab } from './page-access.ts'

const whoMay = (may: (role: (typeof roles)[number]) => boolean) => roles.filter(may)

test('everybody sees cases and devices; the roster and figures are for the desk and the regulator', () => {
  expect(whoMay((role) => mayOpen(role, 'queue'))).toEqual(roles)
  expect(whoMay((role) => mayOpen(role, 'roster'))).toEqual(['dispatcher', 'supervisor', 'regulator', 'administrator'])
  expect(whoMay((role) => mayOpen(role, 'statistics'))).toEqual([
    'dispatcher',
    'supervisor',
    'regulator',
    'administrator',
  ])
})

test('users and channels are the administrator’s alone, quarantine and the audit are read by the regulator too', () => {
  expect(whoMay((role) => mayOpenTab(role, 'users'))).toEqual(['administrator'])
  expect(whoMay((role) => mayOpenTab(role, 'channels'))).toEqual(['administrator'])
  expect(whoMay((role) => mayOpenTab(role, 'quarantine'))).toEqual(['supervisor', 'regulator', 'administrator'])
  expect(whoMay((role) => mayOpenTab(role, 'audit'))).toEqual(['supervisor', 'regulator', 'administrator'])
})

test('clocks are read by all who look after the desk, and changed by its leads as rules and contacts are', () => {
  expect(whoMay((role) => mayOpenTab(role, 'desk'))).toEqual(['supervisor', 'regulator', 'administrator'])
  expect(whoMay(isLead)).toEqual(['supervisor', 'administrator'])
})
