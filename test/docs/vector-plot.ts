import { PartitionFold } from '@lifeline/rules'
import { LogBuilder, type RuleVector, start } from '@lifeline/rules/testing'

const width = 360
const height = 110
const margin = { left: 64, right: 8, top: 24, bottom: 22 }
/** Seconds that are shown before the condition begins. */
const before = 5

interface Trace {
  readonly title: string
  readonly points: readonly (readonly [second: number, value: unknown])[]
  /** When the rule's incident was open, seconds; empty where it never was. */
  readonly open: readonly (readonly [from: number, to: number])[]
}

/** A picture of what a rule finds beside what it does not: the field over time, and when the incident was open. */
export function vectorPlot(vector: RuleVector): string {
  const shown = vector.opensAfter + 12
  const traces = [trace('opens', vector, 'faulty', shown), trace('near miss', vector, 'nearMiss', shown)]
  const values = traces.flatMap(({ points }) => points.map(([, value]) => value))
  const scale = scaleOf(values.filter((value) => value !== undefined))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<title>${vector.rule}: ${vector.shows}</title>`,
    `<rect width="${2 * width}" height="${height}" fill="#fff"/>`,
    ...traces.map((each, i) => panel(each, vector.field, scale, i * width)),
    '</svg>\n',
  ].join('\n')
}

function trace(title: string, vector: RuleVector, stretch: 'faulty' | 'nearMiss', seconds: number): Trace {
  const log = new LogBuilder(vector.equipment)
  const points: [number, unknown][] = []
  const add = (fields: Readonly<Record<string, unknown>>): void => {
    const second = points.length
    log.frame(second + 1, fields)
    points.push([second - before, fields[vector.field]])
  }
  for (let second = 0; second < before; second++) add(vector.sound(second))
  for (let second = 0; second < seconds; second++) add(vector[stretch](second))
  for (let second = 0; second < 15; second++) add(vector.sound(second))
  const at = (time: string): number => (Date.parse(time) - start) / 1000 - 1 - before
  const last = points.length - 1 - before
  const spans = new Map<string, [number, number]>()
  for (const { type, time, data } of new PartitionFold().apply(log.records)) {
    if (data.rule !== vector.rule) continue
    const from = spans.get(data.incidentId)?.[0] ?? at(time)
    spans.set(data.incidentId, [from, type === 'incident.cleared' ? at(time) : last])
  }
  return { title, points, open: [...spans.values()] }
}

interface Scale {
  readonly labels: readonly string[]
  /** From 0 at the bottom to 1 at the top. */
  readonly place: (value: unknown) => number
}

function scaleOf(values: readonly unknown[]): Scale {
  if (values.every((value) => typeof value === 'number')) {
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const room = high - low || 1
    return { labels: [short(low), short(high)], place: (value) => (Number(value) - low) / room }
  }
  const words = [...new Set(values.map(String))]
  return { labels: words, place: (value) => words.indexOf(String(value)) / Math.max(words.length - 1, 1) }
}

const short = (value: number): string => String(Math.round(value * 100) / 100)

function panel({ title, points, open }: Trace, field: string, { labels, place }: Scale, left: number): string {
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 1]
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom }
  const x = (second: number): string =>
    (left + margin.left + ((second - first) / (last - first)) * inner.width).toFixed(1)
  const y = (share: number): string => (margin.top + (1 - share) * inner.height).toFixed(1)
  const line = points.flatMap(([second, value]) => (value === undefined ? [] : [`${x(second)},${y(place(value))}`]))
  const bands = open.map(([from, to]) => {
    const wide = (Number(x(to)) - Number(x(from))).toFixed(1)
    return `<rect x="${x(from)}" y="${margin.top}" width="${wide}" height="${inner.height}" fill="#f5222d" opacity="0.18"/>`
  })
  const marks = labels.map((label, i) => {
    const at = Number(y(labels.length === 1 ? 0 : i / (labels.length - 1))) + 4
    return `<text x="${left + margin.left - 4}" y="${at.toFixed(1)}" text-anchor="end" fill="#555">${label}</text>`
  })
  return [
    `<text x="${left + margin.left}" y="15" font-weight="bold">${title}</text>`,
    `<text x="${left + width - margin.right}" y="15" text-anchor="end" fill="#555">${field}</text>`,
    ...bands,
    `<line x1="${x(0)}" y1="${margin.top}" x2="${x(0)}" y2="${margin.top + inner.height}" stroke="#999" stroke-dasharray="3 3"/>`,
    `<polyline points="${line.join(' ')}" fill="none" stroke="#1677ff" stroke-width="1.5"/>`,
    ...marks,
    `<text x="${x(0)}" y="${height - 6}" text-anchor="middle" fill="#555">0 s</text>`,
    `<text x="${x(last)}" y="${height - 6}" text-anchor="end" fill="#555">${last} s</text>`,
  ].join('\n')
}
