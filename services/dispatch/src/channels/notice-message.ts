import type { Unit } from '@lifeline/contracts'
import { ruleCatalogue } from '@lifeline/rules'
import { present } from '../present.ts'
import { clockOf, type DeskCase } from '../rescue/desk-case.ts'
import type { Notice } from '../rescue/notice.ts'
import type { ChannelMessage } from './send-message.ts'

type Text = ChannelMessage['text']

/** What a unit is told. No caller's number: that stands on the page behind the link alone. */
export function noticeText(about: Notice['about'], rescue: DeskCase, link: string | undefined, now: number): Text {
  const { address, rescueCode, deviceId, trapped, drill } = rescue
  const title = ruleCatalogue.find(({ rule }) => rule === rescue.rule)?.title ?? { zh: rescue.rule, en: rescue.rule }
  const code =
    rescueCode === undefined
      ? { zh: deviceId, en: deviceId }
      : { zh: `救援码 ${rescueCode}`, en: `rescue code ${rescueCode}` }
  const people = trapped === undefined ? { zh: '', en: '' } : { zh: `，${trapped} 人被困`, en: `, ${trapped} trapped` }
  const place = { zh: `${address}，${code.zh}${people.zh}`, en: `${address}, ${code.en}${people.en}` }
  const asks = request(about, rescue, now)
  return {
    zh: `${drill ? '【演练】' : ''}【${title.zh}】${place.zh}。${asks.zh}${link === undefined ? '' : ` ${link}`}`,
    en: `${drill ? '[DRILL] ' : ''}[${title.en}] ${place.en}. ${asks.en}${link === undefined ? '' : ` ${link}`}`,
  }
}

function request(about: Notice['about'], rescue: DeskCase, now: number): Text {
  if (about === 'moved_on')
    return { zh: '此事件已转交其他单位，贵单位无需继续处置。', en: 'The case is with another unit now.' }
  if (about === 'ended') return { zh: '此事件已结束。', en: 'The case has ended.' }
  const by = clockOf(rescue)?.by
  if (rescue.progress.state !== 'assigned' || by === undefined) return { zh: '请处置：', en: 'Please attend:' }
  const minutes = Math.max(1, Math.ceil((by - now) / 60_000))
  return { zh: `请在 ${minutes} 分钟内接单：`, en: `Accept within ${minutes} min:` }
}

/** The facts of a case that a gateway may want to fill a template with. */
export function caseFacts(about: Notice['about'], rescue: DeskCase): Readonly<Record<string, unknown>> {
  const { id, deviceId, rule, address, rescueCode, trapped, drill, openedAt, progress, priority } = rescue
  const acceptBy = progress.state === 'assigned' ? clockOf(rescue)?.by : undefined
  const { level, state } = progress
  return {
    id,
    about,
    deviceId,
    rule,
    address,
    drill,
    openedAt,
    level,
    state,
    priority,
    ...present({ rescueCode, trapped, acceptBy }),
  }
}

export const unitOf = (id: string, unit: Unit | undefined): { readonly id: string; readonly name: string } => ({
  id,
  name: unit?.name ?? id,
})
