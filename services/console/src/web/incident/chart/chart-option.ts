import type { EChartsCoreOption } from 'echarts/core'
import type { Reading } from '../../api/api-client.ts'
import { clockText } from '../../frame/time-text.ts'
import type { ChartField, LimitLine, Span } from './chart-fields.ts'

export interface Curve extends ChartField {
  readonly name: string
  readonly readings: readonly Reading[]
  /** Names of `levels` as they are shown. */
  readonly levelNames?: readonly string[]
}

export interface ChartContent {
  readonly curves: readonly Curve[]
  readonly span: Span
  /** When the event began, where there is one to be marked. */
  readonly openedAt: number | undefined
  readonly limit: LimitLine | undefined
  readonly words: { readonly began: string; readonly limit: string }
}

const ink = '#f4f7fb'
const faint = '#93a1b5'
const line = '#2b3545'
const colours = ['#5cb3ff', '#7ee0a5', '#ffd166', '#d9a6ff']
const top = 24
const bottom = 26
const gap = 20

/**
 * One small plot under the other over the same time, the event and the limit marked.
 * @param height px, of all together
 * @param fontFamily as in CSS; a canvas inherits none
 */
export function chartOption(content: ChartContent, height: number, fontFamily: string): EChartsCoreOption {
  const { curves, span } = content
  const each = (height - top - bottom - gap * (curves.length - 1)) / curves.length
  return {
    animation: false,
    textStyle: { fontFamily },
    // Drawn, not HTML: its markup would carry styles that the page's policy refuses.
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, textStyle: { fontSize: 14 } },
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: faint } },
    grid: curves.map((_, index) => ({
      left: 132,
      right: 36,
      top: top + index * (each + gap),
      height: each,
      // Else each plot makes room for its own labels, and times no longer stand above each other.
      outerBoundsMode: 'none',
    })),
    xAxis: curves.map((_, index) => ({
      type: 'time',
      gridIndex: index,
      min: span.from,
      max: span.to,
      axisLabel: {
        show: index === curves.length - 1,
        color: faint,
        fontSize: 13,
        hideOverlap: true,
        formatter: clockText,
      },
      axisLine: { lineStyle: { color: line } },
      splitLine: { show: true, lineStyle: { color: line } },
    })),
    yAxis: curves.map((curve, index) => yAxisOf(curve, index)),
    series: curves.map((curve, index) => seriesOf(curve, index, content)),
  }
}

function yAxisOf({ name, unit, levels, levelNames }: Curve, gridIndex: number) {
  const title = {
    gridIndex,
    name: unit === '' ? name : `${name}\n${unit}`,
    nameLocation: 'middle',
    nameRotate: 0,
    nameGap: 88,
    nameTextStyle: { color: ink, fontSize: 15, lineHeight: 18, align: 'center' },
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: line } },
  }
  const label = { color: faint, fontSize: 13 }
  if (levels === undefined) {
    return {
      ...title,
      type: 'value',
      scale: true,
      splitNumber: 2,
      minInterval: 0.1,
      axisLabel: { ...label, hideOverlap: true },
    }
  }
  const shown = (value: number): string =>
    value === 0 || value === levels.length - 1 ? (levelNames?.[value] ?? '') : ''
  return {
    ...title,
    type: 'value',
    min: 0,
    max: levels.length - 1,
    interval: levels.length - 1,
    axisLabel: { ...label, formatter: shown },
  }
}

function seriesOf(curve: Curve, index: number, { openedAt, limit, words }: ChartContent) {
  const { name, field, unit, levels, levelNames, readings } = curve
  const marks = [
    ...(openedAt === undefined
      ? []
      : [
          {
            xAxis: openedAt,
            lineStyle: { color: '#ff5a5f', width: 2, type: 'solid' },
            label: { show: index === 0, formatter: words.began, color: '#ff8a8e', fontSize: 14, position: 'end' },
          },
        ]),
    ...(limit?.field === field
      ? [
          {
            yAxis: limit.value,
            lineStyle: { color: '#ffb020', width: 2, type: 'dashed' },
            label: {
              formatter: `${words.limit} ${limit.value}`,
              color: '#ffb020',
              fontSize: 13,
              position: 'insideEndTop',
            },
          },
        ]
      : []),
  ]
  return {
    type: 'line',
    name,
    xAxisIndex: index,
    yAxisIndex: index,
    color: colours[index % colours.length],
    showSymbol: readings.length < 3,
    step: levels === undefined ? false : 'end',
    lineStyle: { width: 2 },
    data: readings.map(([time, value]) => [time, numberOf(value, levels)]),
    tooltip: {
      valueFormatter: (value: unknown) =>
        levels === undefined ? `${value} ${unit}` : (levelNames?.[Number(value)] ?? String(value)),
    },
    markLine: { silent: true, symbol: 'none', data: marks },
  }
}

/** Words become their place in `levels`; one that is not there leaves a gap. */
function numberOf(value: Reading[1], levels: readonly string[] | undefined): number | null {
  if (levels === undefined) return value === null ? null : Number(value)
  const place = levels.indexOf(String(value))
  return place === -1 ? null : place
}
