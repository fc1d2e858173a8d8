import type { CaseState, RescuerView } from '@lifeline/contracts'
import type { Language } from '../dictionary/bilingual.ts'
import { type RescuerWord, rescuerCauses, rescuerWords } from '../dictionary/rescuer-words.ts'
import type { Deed } from './outbox.ts'

/** All that the page shows. */
export interface Shown {
  readonly language: Language
  readonly view: RescuerView | undefined
  /** Why the link does not open. */
  readonly trouble: 'unknown' | 'expired' | 'elsewhere' | undefined
  readonly state: CaseState
  readonly waiting: readonly Deed[]
  readonly refused: Deed['action'] | 'noPhoto' | undefined
  /** When the connection was lost, ms; undefined while it is there. */
  readonly staleSince: number | undefined
  /** The number that the button for the freed would send. */
  readonly freed: number
}

export interface Hands {
  readonly act: (action: 'accept' | 'depart' | 'arrive') => void
  readonly free: () => void
  readonly count: (by: 1 | -1) => void
  readonly cause: (cause: keyof typeof rescuerCauses) => void
  readonly photo: (file: File) => void
  readonly switchLanguage: () => void
}

type Child = Node | string | undefined

function h(tag: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((child) => child !== undefined))
  return element
}

function button(text: string, className: string, onClick: () => void): HTMLElement {
  const element = h('button', { type: 'button', class: className }, text)
  element.addEventListener('click', onClick)
  return element
}

/** The page as it is now. */
export function pageOf(shown: Shown, hands: Hands): Node[] {
  const { language, view, trouble } = shown
  const say = (word: RescuerWord, values: Record<string, string | number> = {}): string =>
    rescuerWords[word][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  const call = (number: string, word: RescuerWord) =>
    h('a', { class: 'call', href: `tel:${number.replace(/[^+\d]/g, '')}` }, say(word), h('small', {}, number))
  const time = (ms: number): string =>
    new Date(ms).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' })
  const name = (action: Deed['action'], freed = shown.freed): string =>
    action === 'free' ? say('free', { n: freed }) : say(action)
  const freedIn = (deed: Deed): number | undefined =>
    deed.action === 'free' ? (JSON.parse(deed.body) as { freed: number }).freed : undefined

  const top = h('header', {}, h('b', {}, '96333'), button(say('language'), 'language', hands.switchLanguage))
  if (trouble !== undefined)
    return [top, h('p', { class: 'notice', role: 'alert' }, say(trouble)), call('96333', 'callDesk')]
  if (view === undefined) return [top, h('p', { class: 'notice' }, say('loading'))]

  return [top, ...notices(view), place(view), ...steps(view), more(view), calls(view)].filter(
    (node) => node !== undefined,
  )

  function notices({ drill, mine, state }: RescuerView): Node[] {
    const { waiting, staleSince, refused } = shown
    const what = waiting.map((deed) => name(deed.action, freedIn(deed))).join(language === 'zh' ? '、' : ', ')
    const texts: [text: string | undefined, kind: string][] = [
      [drill ? say('drill') : undefined, 'drill'],
      [waiting.length === 0 ? undefined : say(staleSince === undefined ? 'sending' : 'unsent', { what }), 'unsent'],
      [
        staleSince !== undefined && waiting.length === 0 ? say('stale', { time: time(staleSince) }) : undefined,
        'stale',
      ],
      [
        refused === undefined
          ? undefined
          : refused === 'noPhoto'
            ? say('noPhoto')
            : say('refused', { what: name(refused) }),
        'refused',
      ],
      [mine || state === 'closed' ? undefined : say('notMine'), 'refused'],
    ]
    return texts.flatMap(([text, kind]) =>
      text === undefined ? [] : [h('p', { class: `notice ${kind}`, role: 'status' }, text)],
    )
  }

  function place({ title, address, deviceId, rescueCode, floor, trapped, condition, location }: RescuerView): Node {
    const worse = (['injured', 'heat', 'medical'] as const).filter((one) => condition[one]).map((one) => say(one))
    const people = [...(trapped === undefined ? [] : [say('trapped', { n: trapped })]), ...worse].join(' · ')
    const marks = [
      rescueCode === undefined ? deviceId : `${say('rescueCode')} ${rescueCode} · ${deviceId}`,
      ...(floor === undefined ? [] : [`${say('floor')} ${floor}`]),
    ]
    return h(
      'section',
      {},
      h('h1', {}, title[language]),
      h('p', { class: 'address' }, address),
      h('p', {}, marks.join(' · ')),
      people === '' ? undefined : h('p', { class: 'people' }, people),
      location === undefined
        ? undefined
        : h('a', { class: 'map', href: mapOf(location, address), rel: 'noreferrer', target: '_blank' }, say('map')),
    )
  }

  function steps({ acceptBy, arriveBy, mine, freed }: RescuerView): Node[] {
    const { state } = shown
    const big = (action: 'accept' | 'depart' | 'arrive') =>
      button(say(action), `big ${action}`, () => hands.act(action))
    const due = state === 'assigned' ? acceptBy : state === 'accepted' || state === 'departed' ? arriveBy : undefined
    const by =
      due === undefined
        ? []
        : [h('p', { class: 'due' }, say(state === 'assigned' ? 'acceptBy' : 'arriveBy', { time: time(due) }))]
    if (state === 'closed') return [h('p', { class: 'notice' }, say('closed'))]
    if (!mine && state === 'assigned') return []
    if (state === 'received' || state === 'assigned') return [...by, big('accept')]
    if (state === 'accepted') return [...by, big('depart'), big('arrive')]
    if (state === 'departed') return [...by, big('arrive')]
    const counter = h(
      'div',
      { class: 'counter' },
      button('−', 'count', () => hands.count(-1)),
      h('output', {}, String(shown.freed)),
      button('+', 'count', () => hands.count(1)),
    )
    const done = state === 'freed'
    const told = shown.waiting.map(freedIn).findLast((number) => number !== undefined) ?? freed
    const same = done && told === shown.freed
    const word = done ? 'correct' : 'free'
    const send = same ? undefined : button(say(word, { n: shown.freed }), 'big free', hands.free)
    return [
      ...(done ? [h('p', { class: 'notice' }, say('freedThanks'))] : []),
      counter,
      ...(send === undefined ? [] : [send]),
    ]
  }

  function more({ cause, photos }: RescuerView): Node | undefined {
    if (shown.state !== 'arrived' && shown.state !== 'freed') return undefined
    const chosen = shown.waiting.findLast(({ action }) => action === 'cause')
    const known = chosen === undefined ? cause : (JSON.parse(chosen.body) as { cause: string }).cause
    const causes = Object.entries(rescuerCauses).map(([key, words]) => {
      const one = button(words[language], 'chip', () => hands.cause(key as keyof typeof rescuerCauses))
      one.setAttribute('aria-pressed', String(key === known))
      return one
    })
    const picker = h('input', { type: 'file', accept: 'image/*', capture: 'environment' }) as HTMLInputElement
    picker.addEventListener('change', () => {
      const [file] = picker.files ?? []
      if (file !== undefined) hands.photo(file)
    })
    const sent = photos === 0 ? undefined : h('small', {}, say('photos', { n: photos }))
    return h(
      'section',
      {},
      h('h2', {}, say('cause')),
      h('div', { class: 'chips' }, ...causes),
      h('label', { class: 'photo' }, say('photo'), sent, picker),
    )
  }

  function calls({ callerPhone, deskPhone, sitePhone }: RescuerView): Node {
    return h(
      'nav',
      {},
      callerPhone === undefined ? undefined : call(callerPhone, 'callCaller'),
      call(deskPhone, 'callDesk'),
      sitePhone === undefined ? undefined : call(sitePhone, 'callSite'),
    )
  }
}

/** Amap understands WGS 84 when told so, and opens its app where there is one. */
const mapOf = ({ lat, lon }: { lat: number; lon: number }, name: string): string =>
  `https://uri.amap.com/marker?${new URLSearchParams({ position: `${lon},${lat}`, name, coordinate: 'wgs84', callnative: '1' })}`
