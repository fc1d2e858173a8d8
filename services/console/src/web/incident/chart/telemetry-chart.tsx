import { LineChart } from 'echarts/charts'
import { AxisPointerComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import { type ChartContent, chartOption } from './chart-option.ts'

use([LineChart, GridComponent, TooltipComponent, AxisPointerComponent, MarkLineComponent, CanvasRenderer])

/** Draws the curves into whatever room there is. */
export default function TelemetryChart({ content, label }: { readonly content: ChartContent; readonly label: string }) {
  const holder = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<{ readonly chart: ECharts; readonly height: number; readonly font: string }>()

  useEffect(() => {
    const element = holder.current
    if (element === null) return
    const chart = init(element)
    const observer = new ResizeObserver(() => {
      chart.resize()
      setRoom({ chart, height: element.clientHeight, font: getComputedStyle(element).fontFamily })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
      setRoom(undefined)
    }
  }, [])
  useEffect(() => {
    room?.chart.setOption(chartOption(content, room.height, room.font), { notMerge: true })
  }, [content, room])
  return <div ref={holder} className="chart" role="img" aria-label={label} />
}
