import type { CurveValue } from '../evidence/curve.ts'
import { margin, type Paper, small } from './paper.ts'

const height = 48

/** Numbers and booleans as a line over time, texts as the moments of their changes. */
export function drawCurve(
  paper: Paper,
  field: string,
  points: readonly (readonly [number, CurveValue])[],
  when: (ms: number) => string,
): void {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return
  const numbers = points.flatMap(([at, value]) => (typeof value === 'string' ? [] : [[at, Number(value)] as const]))
  if (numbers.length < points.length) {
    const changes = points.filter(([, value], n) => n === 0 || value !== points[n - 1]?.[1])
    small(paper, `${field}  ${changes.map(([at, value]) => `${when(at)} ${value}`).join('；')}`)
    return
  }
  const low = Math.min(...numbers.map(([, value]) => value))
  const high = Math.max(...numbers.map(([, value]) => value))
  if (paper.y + height + 2 * margin > paper.page.height) paper.addPage()
  small(paper, `${field}  ${low} – ${high}  ${when(first[0])} – ${when(last[0])}`)
  const top = paper.y
  const width = paper.page.width - 2 * margin
  const x = (at: number): number => margin + ((at - first[0]) / Math.max(1, last[0] - first[0])) * width
  const y = (value: number): number => top + height - ((value - low) / (high - low || 1)) * height
  paper.rect(margin, top, width, height).lineWidth(0.5).stroke('#cccccc')
  for (const [n, [at, value]] of numbers.entries()) {
    if (n === 0) paper.moveTo(x(at), y(value))
    else paper.lineTo(x(at), y(value))
  }
  paper.lineWidth(1).stroke('#1f5fa8')
  paper.y = top + height + 6
}
