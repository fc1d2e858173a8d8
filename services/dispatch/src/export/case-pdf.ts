import type { TimelineEntry } from '@lifeline/contracts'
import type { What } from '../rescue/step.ts'
import type { CaseExport } from './case-export.ts'
import { causeText, levelText, outcomeText, stateText, whatText } from './case-words.ts'
import { drawCurve } from './curve-drawing.ts'
import { facts, heading, line, onPaper, small } from './paper.ts'

/** One case on paper, in Chinese, as it is filed. */
export function casePdf(exported: CaseExport, timeZone: string): Promise<Buffer> {
  const { case: rescue, timeline, chain, notices, evidence, exportedAt, exportedBy } = exported
  const clock = new Intl.DateTimeFormat('zh-CN', { timeZone, dateStyle: 'short', timeStyle: 'medium', hour12: false })
  const when = (ms: number | undefined): string => (ms === undefined ? '—' : clock.format(ms))
  const title = `96333 应急处置记录${rescue.drill ? '（演练）' : ''}`
  return onPaper(title, (paper) => {
    facts(paper, [
      ['编号', rescue.id],
      ['设备', `${rescue.deviceId}  ${rescue.rescueCode ?? ''}`],
      ['地址', rescue.address],
      ['规则', rescue.rule],
      ['接警', when(rescue.openedAt)],
      ['状态', `${stateText[rescue.state]}  ${levelText[rescue.level]}  优先级 ${rescue.priority}`],
      ['处置单位', rescue.assignedTo ?? '—'],
      ['报警电话', rescue.callerPhone ?? '—'],
      ['被困人数', String(rescue.trapped ?? '—')],
      ['结果', outcomeOf(rescue.outcome)],
      ['结案', when(rescue.closedAt)],
    ])
    heading(paper, '处置过程')
    for (const entry of timeline) line(paper, when(entry.at), `${entry.seq}. ${sayWhat(entry)}`, 110)
    heading(paper, '通知')
    for (const { at, to, about, unitId, notSent } of notices) {
      line(
        paper,
        when(at),
        `${to} ${unitId ?? ''} ${about}${notSent === undefined ? '' : `（未发送：${notSent}）`}`,
        110,
      )
    }
    heading(paper, '设备曲线')
    const curves = Object.entries(evidence?.curve ?? {})
    if (curves.length === 0) small(paper, `无曲线：${evidence?.error ?? '尚未读取'}`)
    for (const [field, points] of curves) drawCurve(paper, field, points, when)
    heading(paper, '记录校验')
    small(paper, chain.holds ? '时间线完整，未被改动' : `时间线自第 ${chain.brokenAt} 条起不一致：${chain.reason}`)
    small(paper, `SHA-256 ${timeline.at(-1)?.hash ?? ''}`)
    small(paper, `导出 ${when(exportedAt)}  ${exportedBy}`)
  })
}

function outcomeOf(outcome: CaseExport['case']['outcome']): string {
  if (outcome === undefined) return '—'
  const { kind, freed, injured, cause, reason, text } = outcome
  const parts = [
    outcomeText[kind],
    freed === undefined ? '' : `解救 ${freed} 人`,
    injured === undefined ? '' : `受伤 ${injured} 人`,
    cause === undefined ? '' : causeText[cause],
    reason ?? '',
    text ?? '',
  ]
  return parts.filter((part) => part !== '').join('，')
}

function sayWhat({ what, by, details }: TimelineEntry): string {
  const word = what in whatText ? whatText[what as What] : what
  const told = Object.entries(details)
    .filter(([, value]) => typeof value !== 'object' || value === null)
    .map(([name, value]) => `${name}=${String(value)}`)
  return `${word}  ${by}  ${told.join('  ')}`
}
