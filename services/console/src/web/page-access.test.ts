import { roles } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { mayOpen, mayOpenTab } from './page-access.ts'

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

test('users are the administrator’s alone, quarantine and the audit are read by the regulator too', () => {
  expect(whoMay((role) => mayOpenTab(role, 'users'))).toEqual(['administrator'])
  expect(whoMay((role) => mayOpenTab(role, 'quarantine'))).toEqual(['supervisor', 'regulator', 'administrator'])
  expect(whoMay((role) => mayOpenTab(role, 'audit'))).toEqual(['supervisor', 'regulator', 'administrator'])
})
