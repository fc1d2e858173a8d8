import { eventually, startNatsServer, type TestServer } from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBucket } from './bucket.ts'
import { type Bus, connectBus } from './connect-bus.ts'
import { type Lease, LeaseLostError } from './lease.ts'
import { Leases } from './leases.ts'

const count = 8
const buckets = { members: 'engines', leases: 'engine-leases' }

let server: TestServer
const members: Member[] = []

beforeEach(async () => {
  server = await startNatsServer()
})

afterEach(async () => {
  for (const { bus } of members.splice(0)) await bus.connection.close()
  await server.remove()
})

/** One process as far as NATS can tell: it has a link of its own. */
interface Member {
  readonly bus: Bus
  readonly leases: Leases
  /** What it works on. */
  readonly working: Map<number, Lease>
  readonly changes: string[]
  replaced: boolean
}

async function join(name: string): Promise<Member> {
  const bus = await connectBus(server.url, name, () => undefined)
  const working = new Map<number, Lease>()
  const changes: string[] = []
  const leases = new Leases({
    bus,
    count,
    buckets,
    name,
    begin: async (lease) => {
      working.set(lease.item, lease)
      return {
        stop: async () => {
          if (working.get(lease.item) === lease) working.delete(lease.item)
          if (!lease.lost.aborted) await lease.record(`by ${name}`)
        },
      }
    },
    onReplaced: () => {
      member.replaced = true
    },
    onChange: (change) => changes.push(change),
    // With the link cut on purpose there is nothing but problems.
    onProblem: () => undefined,
  })
  const member: Member = { bus, leases, working, changes, replaced: false }
  members.push(member)
  await leases.start()
  return member
}

/** Ends a member as SIGKILL would: nothing more is heard of it. */
const kill = (member: Member): Promise<void> => member.bus.connection.close()

/** Waits until each of `present` works on that many items, and all of them on each once. */
const settled = (present: readonly Member[], sizes: readonly number[]) =>
  eventually(`shares of ${sizes}`, async () => {
    const items = present.flatMap(({ working }) => [...working.keys()]).toSorted((a, b) => a - b)
    const all = items.length === count && items.every((item, i) => item === i)
    return all && present.every(({ working }, i) => working.size === sizes[i]) ? true : undefined
  })

test('a lone member has everything when it has started; who joins gets a fair share, and gives it back on leaving', async () => {
  const a = await join('a')
  expect([...a.working.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  const b = await join('b')
  await settled([a, b], [4, 4])
  const c = await join('c')
  await settled([a, b, c], [3, 3, 2])
  expect([...c.working.values()].map(({ note }) => note)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^by [ab]$/)]),
  )
  await b.leases.stop()
  await settled([a, c], [4, 4])
  expect([...a.changes, ...c.changes]).not.toContain('lost')
  expect(a.leases.uncovered(0)).toEqual([])
})

test('what a killed member had is taken by the others', async () => {
  const a = await join('a')
  const b = await join('b')
  await settled([a, b], [4, 4])
  await kill(a)
  await settled([b], [8])
  expect(b.leases.uncovered(0)).toEqual([])
})

test('a member that comes back under its name has its items again before it counts as gone', async () => {
  const a = await join('a')
  const b = await join('b')
  await settled([a, b], [4, 4])
  const had = [...a.working.keys()].toSorted()
  await kill(a)
  const again = await join('a')
  expect([...again.working.keys()].toSorted()).toEqual(had)
  expect(b.changes.filter((change) => change === 'taken')).toHaveLength(4)
})

test('of two under one name the later one counts, and the earlier is told', async () => {
  const first = await join('a')
  const second = await join('a')
  expect(second.working.size).toBe(count)
  await eventually('the first is told', async () => (first.replaced ? true : undefined))
  expect(second.replaced).toBe(false)
  await eventually('the first has lost all', async () => (first.working.size === 0 ? true : undefined))
})

test('while the server stands still nobody is sure, and after it nobody has lost anything', async () => {
  const a = await join('a')
  const b = await join('b')
  await settled([a, b], [4, 4])
  const taken = () => [...a.changes, ...b.changes].length
  const before = taken()
  const leases = [...a.working.values(), ...b.working.values()]
  const { pid } = server.process
  if (pid === undefined) throw new Error('no server')
  process.kill(pid, 'SIGSTOP')
  await eventually('nobody is sure', async () => (leases.some(({ isSure }) => isSure) ? undefined : true))
  const waiting = Promise.all(leases.map((lease) => lease.sure()))
  process.kill(pid, 'SIGCONT')
  await waiting
  expect(taken()).toBe(before)
})

test('whoever was overtaken can neither be sure nor leave word, even before it hears of it', async () => {
  const a = await join('a')
  const lease = a.working.get(3) as Lease
  await lease.record('mine')
  const bucket = await openBucket(a.bus, buckets.leases)
  // Not heard yet: the update comes back over the same link after this put's answer, or with it.
  const taken = bucket.put(
    '3',
    JSON.stringify({ holder: { name: 'b', life: 'b' }, tenure: 't', count: 0, note: 'mine' }),
  )
  await expect(Promise.all([taken, taken.then(() => lease.record('stale'))])).rejects.toThrow(LeaseLostError)
  await expect(lease.sure()).rejects.toThrow(LeaseLostError)
  await expect(lease.record('stale')).rejects.toThrow(LeaseLostError)
  expect(lease.lost.aborted).toBe(true)
  // b does not live, so that a takes it again, with what b's entry says.
  await eventually('taken again', async () =>
    a.working.get(3)?.isSure && a.working.get(3) !== lease ? true : undefined,
  )
  expect(a.working.get(3)?.note).toBe('mine')
})
