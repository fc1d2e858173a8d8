import { LineChart } from 'echarts/charts'
import { AxisPointerComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { type ChartContent, chartOption } from './chart-option.ts'

use([LineChart, GridComponent, TooltipComponent, AxisPointerComponent, MarkLineComponent, CanvasRenderer])

/** Draws the curves into whatever room there is. */
export default function TelemetryChart({ content, label }: { readonly content: ChartContent; readonly label: string }) {
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  const drawn = useRef(content)

  useEffect(() => {
    const element = holder.current
    if (element === null) return
    const made = init(element)
    chart.current = made
    const observer = new ResizeObserver(() => {
      made.resize()
      made.setOption(chartOption(drawn.current, element.clientHeight), { notMerge: true })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    drawn.current = content
    const height = holder.current?.clientHeight ?? 0
    if (height > 0) chart.current?.setOption(chartOption(content, height), { notMerge: true })
  }, [content])
  return <div ref={holder} className="chart" role="img" aria-label={label} />
}
