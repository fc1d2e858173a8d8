import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as fontkit from 'fontkit'
import PDFDocument from 'pdfkit'

/** Noto Sans SC, SIL Open Font License 1.1 (fonts/OFL.txt). */
const fontFile = fileURLToPath(new URL('../../fonts/noto-sans-sc.ttf', import.meta.url))
const font = fontkit.openSync(fontFile) as fontkit.Font

export const margin = 48
const grey = '#555555'

export type Paper = PDFKit.PDFDocument

/**
 * A PDF on A4 with a Chinese font in it.
 * @param write puts the content on it; page numbers are added
 */
export async function onPaper(title: string, write: (paper: Paper) => void): Promise<Buffer> {
  const paper = new PDFDocument({ size: 'A4', margin, bufferPages: true, info: { Title: title }, font: fontFile })
  const chunks: Buffer[] = []
  paper.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = once(paper, 'end')
  paper.fontSize(18).fillColor('black').text(drawable(title)).moveDown(0.5)
  write(paper)
  numberPages(paper)
  paper.end()
  await ended
  return Buffer.concat(chunks)
}

export function heading(paper: Paper, text: string): void {
  if (paper.y > paper.page.height - 3 * margin) paper.addPage()
  paper.moveDown(0.8).fontSize(12).fillColor('black').text(drawable(text), margin).moveDown(0.3)
}

/** Lines of a name and a value. */
export function facts(paper: Paper, rows: readonly (readonly [string, string])[]): void {
  for (const [name, value] of rows) line(paper, name, value, 110)
}

/** A narrow grey column and the text beside it. */
export function line(paper: Paper, left: string, right: string, width: number): void {
  paper.fontSize(9)
  const text = drawable(right)
  const room = paper.page.width - 2 * margin - width
  if (paper.y + paper.heightOfString(text, { width: room }) > paper.page.height - margin) paper.addPage()
  const { y } = paper
  paper.fillColor(grey).text(drawable(left), margin, y, { width: width - 8 })
  const below = paper.y
  paper.fillColor('black').text(text, margin + width, y, { width: room })
  paper.y = Math.max(below, paper.y) + 2
  paper.x = margin
}

export function small(paper: Paper, text: string): void {
  paper.fontSize(8).fillColor(grey).text(drawable(text), margin).moveDown(0.2)
}

/** The text with a geta mark for what the font cannot draw, so that nobody takes it for nothing. */
export function drawable(text: string): string {
  return [...text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')]
    .map((sign) => (font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) ? sign : '〓'))
    .join('')
}

function numberPages(paper: Paper): void {
  const { start, count } = paper.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    paper.switchToPage(page)
    // Below the margin text would begin a new page.
    const { margins } = paper.page
    paper.page.margins = { ...margins, bottom: 0 }
    const place = paper.page.height - margin / 2 - 8
    paper
      .fontSize(8)
      .fillColor(grey)
      .text(`${page + 1} / ${count}`, margin, place, { align: 'center' })
    paper.page.margins = margins
  }
}
