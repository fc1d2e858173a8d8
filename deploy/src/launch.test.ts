import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Launched, launch } from './launch.ts'
import { processStart } from './process-table.ts'

const patienceMs = 240_000

const healthz = async ({ urls }: Launched): Promise<number> => (await fetch(`${urls.http}/healthz`)).status

test(
  'all of it starts, a killed service comes back, the end leaves no process, and a second start, with two gateways, goes on with the data',
  async () => {
    const { path: dataDir, remove } = await tempFolder()
    onTestFinished(remove)
    const said: string[] = []
    const lifeline = await launch({ dataDir, env: { LOG_LEVEL: 'warn' }, say: (line) => said.push(line) })
    onTestFinished(lifeline.stop)
    const pids = lifeline.pids()
    expect(Object.keys(pids)).toEqual(
      'nats-server influxd registry gateway historian engine dispatch console'.split(' '),
    )
    expect(await healthz(lifeline)).toBe(200)
    await expect(launch({ dataDir })).rejects.toMatchObject({ code: 'DATA_IN_USE' })

    process.kill(pids.historian ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(said).toContain('[historian] was ended by SIGKILL; started again in 0.25 s'), 10_000)
    await vi.waitFor(async () => expect(await healthz(lifeline)).toBe(503), 10_000)
    await vi.waitFor(async () => expect(await healthz(lifeline)).toBe(200), { timeout: 60_000, interval: 100 })
    expect(lifeline.pids().historian).not.toBe(pids.historian)

    const all = { ...pids, ...lifeline.pids() }
    await lifeline.stop()
    expect(Object.values(all).filter((pid) => processStart(pid) !== undefined)).toEqual([])

    const kept = ['credentials.json', 'secrets.json'].map((name) => readFileSync(join(dataDir, name), 'utf8'))
    const { ports } = lifeline
    const again = await launch({ dataDir, ports, env: { LOG_LEVEL: 'warn' }, instances: { gateway: 2 } })
    onTestFinished(again.stop)
    expect(Object.keys(again.pids())).toEqual(expect.arrayContaining(['gateway-1', 'gateway-2']))
    expect(['credentials.json', 'secrets.json'].map((name) => readFileSync(join(dataDir, name), 'utf8'))).toEqual(kept)
    expect(again.urls.http).toBe(lifeline.urls.http)
  },
  patienceMs,
)

test(
  'a launch that is aborted half way ends what it has started',
  async () => {
    const { path: dataDir, remove } = await tempFolder()
    onTestFinished(remove)
    const stop = new AbortController()
    const pids: number[] = []
    const launching = launch({
      dataDir,
      signal: stop.signal,
      say: (line) => {
        if (line !== 'services started') return
        const { children } = JSON.parse(readFileSync(join(dataDir, 'launcher.json'), 'utf8'))
        pids.push(...children.map(({ pid }: { pid: number }) => pid))
        stop.abort()
      },
    })
    await expect(launching).rejects.toThrow('aborted')
    expect(pids).toHaveLength(7)
    expect(pids.filter((pid) => processStart(pid) !== undefined)).toEqual([])
  },
  patienceMs,
)
