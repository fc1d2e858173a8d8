import { caseStates } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { at, device, doorFault, emptyRoster, heard } from '../testing/lift-world.ts'
import { ActionRefused } from './action-refused.ts'
import type { DeskCase } from './desk-case.ts'
import { openFromIncident } from './incident-event.ts'
import { act, type CaseAction } from './person-action.ts'
import type { Context } from './step.ts'

const t0 = 2_000_000
const assigned = openFromIncident('c', heard('i', 1), device, at(t0, 'engine')).rescue
const received = openFromIncident('c', heard('i', 1, doorFault), device, at(t0, 'engine')).rescue

type CaseActionName = CaseAction['action']
const example: { [A in CaseActionName]: Extract<CaseAction, { action: A }> } = {
  accept: { action: 'accept', body: {} },
  assign: { action: 'assign', body: { level: 2 } },
  depart: { action: 'depart', body: {} },
  arrive: { action: 'arrive', body: {} },
  free: { action: 'free', body: { freed: 2 } },
  escalate: { action: 'escalate', body: { reason: '无人接听' } },
  hold: { action: 'hold', body: { minutes: 5, reason: '堵车' } },
  note: { action: 'note', body: { text: '乘客情绪稳定' } },
  link: { action: 'link', body: { parentId: 'p' } },
  'false-alarm': { action: 'false-alarm', body: { reason: '误报' } },
  close: { action: 'close', body: { freed: 2, injured: 0, cause: 'door' } },
  'call-back': { action: 'call-back', body: { reached: true } },
  decide: { action: 'decide', body: { service: '120', confirmed: true } },
  take: { action: 'take', body: {} },
}
const actions = Object.keys(example) as CaseActionName[]

function done(rescue: DeskCase, action: CaseAction, context: Context = at(t0 + 1, 'li')): DeskCase {
  const step = act(rescue, action, context)
  if (step === undefined) throw new Error(`${action.action} changed nothing`)
  return step.rescue
}
const through = (...steps: CaseActionName[]): DeskCase =>
  steps.reduce((rescue, action) => done(rescue, example[action]), assigned)

/** The case in each state. */
const inState = {
  received,
  assigned,
  accepted: through('accept'),
  departed: through('accept', 'depart'),
  arrived: through('accept', 'depart', 'arrive'),
  freed: through('accept', 'arrive', 'free'),
  closed: through('close'),
}

/** What each action makes of a case in each state: the new state, `=` unchanged, `409`. */
const table: Record<CaseActionName, string> = {
  //            received assigned accepted departed arrived freed    closed
  accept: '     accepted accepted =        409      409      409      409',
  assign: '     assigned assigned assigned assigned assigned 409      409',
  depart: '     409      409      departed =        409      409      409',
  arrive: '     409      409      arrived  arrived  =        409      409',
  free: '       409      409      freed    freed    freed    =        409',
  escalate: '   assigned assigned assigned assigned assigned 409      409',
  hold: '       409      assigned accepted departed 409      409      409',
  note: '       received assigned accepted departed arrived  freed    closed',
  link: '       received assigned accepted departed arrived  freed    closed',
  'false-alarm': 'closed closed   closed   closed   closed   409      409',
  close: '      closed   closed   closed   closed   closed   closed   409',
  'call-back': '409      assigned accepted departed arrived  409      409',
  decide: '     409      409      409      409      409      409      409',
  take: '       received assigned =        =        =        =        409',
}

function outcome(rescue: DeskCase, action: CaseAction): string {
  try {
    return act(rescue, action, at(t0 + 1, 'li'))?.rescue.progress.state ?? '='
  } catch (error) {
    if (error instanceof ActionRefused && error.code === 'conflict') return '409'
    throw error
  }
}

test.each(actions)('%s leads where the table says, from every state', (action) => {
  const got = caseStates.map((state) => outcome(inState[state], example[action]))
  expect(got).toEqual(table[action].trim().split(/\s+/))
})

test.each(actions)('%s adds exactly one entry, by the person, at the time, and counts as touching', (action) => {
  for (const rescue of Object.values(inState)) {
    if (!/^[a-z]/.test(outcome(rescue, example[action]))) continue
    const step = act(rescue, example[action], at(t0 + 7, 'li'))
    const byPerson = step?.entries.filter(
      ({ what, details }) => (what !== 'assigned' && details.by !== 'free') || action === 'assign',
    )
    expect(byPerson).toMatchObject([{ at: t0 + 7, by: 'li' }])
    expect(step?.rescue.touched).toBe(true)
  }
})

test('a different number of freed people corrects the first', () => {
  const step = act(inState.freed, { action: 'free', body: { freed: 3 } }, at(t0, 'li'))
  expect(step?.entries).toMatchObject([{ what: 'freed', details: { freed: 3, corrects: 2 } }])
})

test('nobody freed can turn out to be a false alarm, two people cannot', () => {
  const empty = done(inState.arrived, { action: 'free', body: { freed: 0 } })
  expect(outcome(empty, example['false-alarm'])).toBe('closed')
  expect(() => act(inState.freed, example['false-alarm'], at(t0))).toThrow('2 people were freed')
})

test('closing keeps who was freed, who was hurt and why, and who had the case', () => {
  const closed = done(inState.freed, { action: 'close', body: { freed: 2, injured: 1, cause: 'power', text: '停电' } })
  expect(closed.progress).toEqual({
    state: 'closed',
    level: 1,
    assignedTo: 'unit-lift',
    closedAt: t0 + 1,
    outcome: { kind: 'rescued', freed: 2, injured: 1, cause: 'power', text: '停电' },
  })
})

test('assigning takes the named unit only where it is of the level’s kind', () => {
  const assign = (level: 1 | 2 | 3, unitId?: string): CaseAction => ({
    action: 'assign',
    body: unitId === undefined ? { level } : { level, unitId },
  })
  expect(done(assigned, assign(2, 'station-far')).progress).toMatchObject({ level: 2, assignedTo: 'station-far' })
  expect(done(assigned, assign(3)).progress).toMatchObject({ level: 3, assignedTo: 'fire-1' })
  expect(() => act(assigned, assign(2, 'fire-1'), at(t0))).toThrow('fire-1 is of kind fire; level 2 needs station')
  expect(() => act(assigned, assign(2, 'nobody'), at(t0))).toThrow('no unit nobody is registered')
  const empty = { roster: emptyRoster }
  expect(() => act(assigned, assign(1), at(t0, 'li', empty))).toThrow('no unit is registered at level 1')
})

test('assigning to whom it is assigned already starts no new clock', () => {
  expect(act(assigned, { action: 'assign', body: { level: 1 } }, at(t0 + 100_000, 'li'))).toBeUndefined()
})

test('linking to the same parent again changes nothing', () => {
  expect(act(done(assigned, example.link), example.link, at(t0))).toBeUndefined()
})

test('at level 3 nobody is left to escalate to', () => {
  const third = done(assigned, { action: 'assign', body: { level: 3 } })
  expect(() => act(third, example.escalate, at(t0))).toThrow('nobody is left')
})

test('a unit accepts for itself only: after the case has moved on the desk decides', () => {
  const lift = at(t0, 'zhao', { unitId: 'unit-lift' })
  expect(done(assigned, example.accept, lift).progress.state).toBe('accepted')
  const moved = done(assigned, example.escalate)
  expect(() => act(moved, example.accept, lift)).toThrow('with station-near at level 2')
  const theirs = done(moved, example.accept, at(t0, 'sun', { unitId: 'station-near' }))
  expect(() => act(theirs, example.accept, lift)).toThrow(ActionRefused)
  expect(done(theirs, example.arrive, lift).progress.state).toBe('arrived')
})

test('a maintenance unit that takes a case nobody was sent to is the one it is assigned to', () => {
  const taken = done(received, example.accept, at(t0, 'zhao', { unitId: 'unit-lift' }))
  expect(taken.progress).toEqual({ state: 'accepted', level: 1, assignedTo: 'unit-lift' })
})

test('who frees people without having said so has arrived', () => {
  const accepted = inState.accepted
  const entries = act(accepted, { action: 'free', body: { freed: 1 } }, at(t0 + 7, 'li'))?.entries
  expect(entries?.map(({ what }) => what)).toEqual(['arrived', 'freed'])
})

test('a case in which nobody was freed is closed as resolved, not as a rescue', () => {
  const body = { freed: 0, injured: 0, cause: 'other' } as const
  const progress = act(inState.accepted, { action: 'close', body }, at(t0 + 7, 'li'))?.rescue.progress
  expect(progress).toMatchObject({ state: 'closed', outcome: { kind: 'resolved' } })
})

test('who accepts at the desk has the case, until somebody else takes it over', () => {
  expect(inState.accepted.takenBy).toEqual({ name: 'li', at: t0 + 1 })
  const over = act(inState.accepted, example.take, at(t0 + 7, 'chen'))
  expect(over?.rescue.takenBy).toEqual({ name: 'chen', at: t0 + 7 })
  expect(over?.entries).toMatchObject([{ what: 'taken', by: 'chen', details: { from: 'li' } }])
  expect(act(inState.accepted, example.take, at(t0 + 7, 'li'))).toBeUndefined()
  expect(done(assigned, example.accept, at(t0, 'zhao', { unitId: 'unit-lift' })).takenBy).toBeUndefined()
})
