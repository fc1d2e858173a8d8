// Many dispatchers' consoles in one process of its own: each signs in, follows the stream and reads all open cases as the
// web app does, at the start and after each silence (services/console/src/web/live/live-desk.ts).

const silenceMs = 15_000

export interface ConsolesOrder {
  readonly url: string
  readonly name: string
  readonly password: string
  readonly consoles: number
}

/** When each console first heard of an incident, ms since the Unix epoch, by the incident's id. */
export type ConsolesReport = {
  readonly heard: Record<string, number[]>
  readonly caseOf: Record<string, string>
  readonly refreshMs: number[]
}

const heard: Record<string, number[]> = {}
const caseOf: Record<string, string> = {}
const refreshes: number[] = []
const now = (): number => performance.timeOrigin + performance.now()

async function signIn({ url, name, password }: ConsolesOrder): Promise<Record<string, string>> {
  const body = JSON.stringify({ name, password })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  const { token } = (await answer.json()) as { token: string }
  return { authorization: `Bearer ${token}` }
}

/** @param onEvent called for each piece of news */
async function follow(url: string, headers: Record<string, string>, onEvent: () => void): Promise<void> {
  const { body, status } = await fetch(`${url}/api/v1/stream`, { headers })
  if (body === null || status !== 200) throw new Error(`stream: ${status}`)
  void read(body, onEvent).catch((error: unknown) => {
    console.error('a console lost its stream', error)
    process.exit(1)
  })
}

async function read(body: ReadableStream<Uint8Array>, onEvent: () => void): Promise<void> {
  const mine = new Set<string>()
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const at = now()
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    if (blocks.some((block) => block.includes('event: incident'))) onEvent()
    for (const block of blocks) {
      const [, caseId, incidentId] = /^data: \{"id":"([^"]+)","incidentIds":\["([^"]+)"/m.exec(block) ?? []
      if (caseId === undefined || incidentId === undefined || mine.has(incidentId)) continue
      mine.add(incidentId)
      caseOf[incidentId] = caseId
      heard[incidentId] ??= []
      heard[incidentId].push(at)
    }
  }
  throw new Error('it has ended')
}

async function refresh(url: string, headers: Record<string, string>): Promise<void> {
  const startedAt = now()
  const units = fetch(`${url}/api/v1/units`, { headers }).then((answer) => answer.arrayBuffer())
  let cursor: string | undefined
  do {
    const query = new URLSearchParams({ state: 'open', limit: '100', ...(cursor === undefined ? {} : { cursor }) })
    const answer = await fetch(`${url}/api/v1/incidents?${query}`, { headers })
    if (!answer.ok) throw new Error(`incidents: ${answer.status}`)
    cursor = ((await answer.json()) as { nextCursor?: string }).nextCursor
  } while (cursor !== undefined)
  await units
  refreshes.push(now() - startedAt)
}

/** Reads everything anew after each silence. @returns to be called when there is news */
function refreshInSilence(url: string, headers: Record<string, string>): () => void {
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    clearInterval(timer)
    timer = setInterval(() => void refresh(url, headers), silenceMs * (1 + Math.random()))
  }
  wait()
  return wait
}

process.on('message', (order: ConsolesOrder | 'report') => {
  if (order === 'report') process.send?.({ heard, caseOf, refreshMs: refreshes } satisfies ConsolesReport)
  else void open(order)
})
process.on('disconnect', () => process.exit(0))

async function open(order: ConsolesOrder): Promise<void> {
  for (let n = 0; n < order.consoles; n++) {
    const headers = await signIn(order)
    await follow(order.url, headers, refreshInSilence(order.url, headers))
    await refresh(order.url, headers)
  }
  process.send?.('open')
}
