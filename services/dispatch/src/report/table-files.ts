import { strToU8, zipSync } from 'fflate'
import { facts, heading, onPaper, small } from '../export/paper.ts'
import { figureText } from './figure-words.ts'
import type { Figure, ReportRow } from './rescue-report.ts'

/** A report as rows of cells, the head first. */
export type Cells = readonly (readonly (string | number | null)[])[]

export function cellsOf(rows: readonly ReportRow[]): Cells {
  const head = rows[0]?.figures.map(({ name }) => figureText[name] ?? name) ?? []
  return [['', ...head], ...rows.map(({ group, figures }) => [groupText(group), ...figures.map(rounded)])]
}

const groupText = (group: string): string => (group === '' ? '合计' : group === 'unknown' ? '不详' : group)

/** Seconds whole, shares to a tenth of a percent. */
function rounded({ value, unit }: Figure): number | null {
  if (value === null) return null
  return unit === 'share' ? Math.round(value * 1000) / 1000 : Math.round(value)
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8; no cell is taken for a formula. */
export function csvFile(cells: Cells): Uint8Array {
  const lines = cells.map((row) => row.map(csvCell).join(','))
  return strToU8(`\ufeff${lines.join('\r\n')}\r\n`)
}

function csvCell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const sheetMl = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packageMl = 'http://schemas.openxmlformats.org/package/2006'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** One sheet as Office Open XML (ECMA-376), numbers as numbers. */
export function xlsxFile(cells: Cells): Uint8Array {
  const rows = cells.map((row) => `<row>${row.map(xlsxCell).join('')}</row>`).join('')
  const files = {
    '[Content_Types].xml': `${xml}<Types xmlns="${packageMl}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contentType}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packageMl}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${sheetMl}" xmlns:r="${office}"><sheets><sheet name="96333" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packageMl}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${sheetMl}"><sheetData>${rows}</sheetData></worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

function xlsxCell(value: string | number | null): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  const text = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[^\P{Cc}\t\n]/gu, ' ')
  return `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

export function pdfFile(title: string, subtitle: string, cells: Cells): Promise<Buffer> {
  const [head = [], ...rows] = cells
  return onPaper(title, (paper) => {
    small(paper, subtitle)
    for (const [group, ...values] of rows) {
      heading(paper, String(group))
      facts(
        paper,
        values.map((value, n) => [String(head[n + 1] ?? ''), value === null ? '—' : String(value)]),
      )
    }
  })
}
