import type { RescuerView } from '@lifeline/contracts'
import type { Language } from '../dictionary/bilingual.ts'
import { LinkApi } from './link-api.ts'
import { type Deed, Outbox, pauseAfter, sentBy, stateAfter } from './outbox.ts'
import { type Hands, pageOf, type Shown } from './page.ts'
import { smallPhoto } from './small-photo.ts'
import './style.css'

/** How often the page looks for news, and says where it is on the way, ms. */
const lookEveryMs = 15_000
const positionEveryMs = 60_000

const root = document.getElementById('page')
if (root === null) throw new Error('index.html has no #page')
const page = root
const token = location.pathname.split('/')[2] ?? ''
const api = new LinkApi(token)
const outboxKey = `lifeline.outbox.${token}`
const languageKey = 'lifeline.language'

const outbox = new Outbox(JSON.parse(localStorage.getItem(outboxKey) ?? '[]') as Deed[], (deeds) => {
  try {
    localStorage.setItem(outboxKey, JSON.stringify(deeds))
  } catch {
    // No room for a photo: it is sent from this page's memory, the rest is kept.
    localStorage.setItem(outboxKey, JSON.stringify(deeds.filter(({ action }) => action !== 'photo')))
  }
})

let language: Language = localStorage.getItem(languageKey) === 'en' ? 'en' : 'zh'
let view: RescuerView | undefined
let trouble: Shown['trouble']
let refused: Shown['refused']
let lastHeard = Date.now()
let failures = 0
let count: number | undefined
let sending = false
let wake: (() => void) | undefined

const freedNumber = (): number => count ?? view?.freed ?? view?.trapped ?? 1

function show(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  const state = stateAfter(view?.state ?? 'received', outbox.waiting)
  const staleSince = failures > 0 ? lastHeard : undefined
  const shown: Shown = {
    language,
    view,
    trouble,
    state,
    waiting: outbox.waiting,
    refused,
    staleSince,
    freed: freedNumber(),
  }
  page.replaceChildren(...pageOf(shown, hands))
}

const troubles: Readonly<Record<number, Shown['trouble']>> = { 403: 'elsewhere', 404: 'unknown', 410: 'expired' }

function heard(status: number, news: RescuerView | undefined): void {
  failures = 0
  lastHeard = Date.now()
  if (news !== undefined) view = news
  else trouble = troubles[status] ?? trouble
}

/** Opens the link, sends what is to be sent, and looks for news, for as long as the page is there. */
async function run(): Promise<void> {
  let opened = false
  for (;;) {
    const [deed] = outbox.waiting
    sending = deed !== undefined
    try {
      const answer = !opened ? await api.open() : deed === undefined ? await api.look() : await api.send(deed)
      const result = sentBy(answer.status)
      if (result === 'later') throw new Error(`status ${answer.status}`)
      heard(answer.status, answer.view)
      if (trouble !== undefined) return show()
      if (opened && deed !== undefined) {
        outbox.remove(deed.key)
        refused = result === 'refused' ? deed.action : undefined
        if (result === 'done' && deed.action === 'free') count = undefined
      }
      opened = true
    } catch {
      // No connection, or the desk is away: the same again after a pause.
      failures++
    }
    sending = false
    show()
    if (failures > 0) await pause(pauseAfter(failures))
    else if (outbox.waiting.length === 0) await pause(lookEveryMs)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

function add(action: Deed['action'], body: string): void {
  refused = undefined
  outbox.add({ key: newKey(), action, body })
  show()
  if (!sending) wake?.()
}

/** `randomUUID` is missing where a page does not come by HTTPS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

function tellPosition(): void {
  navigator.geolocation?.getCurrentPosition(
    ({ coords: { latitude: lat, longitude: lon, accuracy } }) =>
      add('position', JSON.stringify({ position: { lat, lon, accuracy } })),
    // Without a place the crew is on its way all the same.
    () => undefined,
    { enableHighAccuracy: true, timeout: 30_000, maximumAge: 30_000 },
  )
}

const hands: Hands = {
  act: (action) => {
    add(action, '{}')
    if (action === 'depart') tellPosition()
  },
  free: () => add('free', JSON.stringify({ freed: freedNumber() })),
  count: (by) => {
    count = Math.min(100, Math.max(0, freedNumber() + by))
    show()
  },
  cause: (cause) => add('cause', JSON.stringify({ cause })),
  photo: (file) => {
    smallPhoto(file).then(
      (base64) => add('photo', base64),
      () => {
        refused = 'noPhoto'
        show()
      },
    )
  },
  switchLanguage: () => {
    language = language === 'zh' ? 'en' : 'zh'
    localStorage.setItem(languageKey, language)
    show()
  },
}

addEventListener('online', () => wake?.())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') wake?.()
})
setInterval(() => {
  if (stateAfter(view?.state ?? 'received', outbox.waiting) === 'departed') tellPosition()
}, positionEveryMs)
show()
void run()
