import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rescueCase } from '../testing/rescue-case.ts'
import { compareCases } from './queue-order.ts'

const order = (...cases: Parameters<typeof rescueCase>[0][]): string[] =>
  cases
    .map(rescueCase)
    .toSorted(compareCases)
    .map(({ id }) => id)

test('life safety comes before everything else, whatever the severity and the clock', () => {
  expect(
    order(
      { id: 'crane', lifeSafety: false, severity: 'critical', deadlines: { acceptBy: 1 } },
      { id: 'button', lifeSafety: true, severity: 'major' },
      { id: 'trapped', lifeSafety: true, severity: 'critical' },
      { id: 'offline', lifeSafety: false, severity: 'warning' },
    ),
  ).toEqual(['trapped', 'button', 'crane', 'offline'])
})

test('more pressing lives come first, whatever the clock, and a drill after its equals in earnest', () => {
  expect(
    order(
      { id: 'waits', priority: 2, deadlines: { acceptBy: 1 } },
      { id: 'drill', priority: 1, drill: true, deadlines: { acceptBy: 1 } },
      { id: 'unwell', priority: 1 },
      { id: 'crane', lifeSafety: false, priority: 3 },
    ),
  ).toEqual(['unwell', 'drill', 'waits', 'crane'])
})

test('within one risk the next deadline comes first, then who waits longest', () => {
  expect(
    order(
      { id: 'on site, new', openedAt: 9 },
      { id: 'on site, old', openedAt: 5 },
      { id: 'arrives late', openedAt: 1, deadlines: { arriveBy: 900 } },
      { id: 'not accepted', openedAt: 7, deadlines: { acceptBy: 300 } },
    ),
  ).toEqual(['not accepted', 'arrives late', 'on site, old', 'on site, new'])
})

test('what is closed stands below everything open, the last closed first', () => {
  expect(
    order(
      { id: 'late', state: 'closed', closedAt: 50 },
      { id: 'closed now', state: 'closed', closedAt: 90 },
      { id: 'hint', lifeSafety: false, severity: 'info' },
    ),
  ).toEqual(['hint', 'closed now', 'late'])
})

test('the order is the same however the cases come in', () => {
  const anyCase = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    lifeSafety: fc.boolean(),
    severity: fc.constantFrom('critical', 'major', 'warning', 'info'),
    state: fc.constantFrom('received', 'assigned', 'closed'),
    openedAt: fc.nat(3),
    deadlines: fc.constantFrom({}, { acceptBy: 1 }, { arriveBy: 2 }),
  }) as fc.Arbitrary<Parameters<typeof rescueCase>[0]>
  fc.assert(
    fc.property(fc.uniqueArray(anyCase, { selector: (rescue) => rescue?.id }), (cases) => {
      expect(order(...cases.toReversed())).toEqual(order(...cases))
    }),
  )
})
