import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { drawable } from '../export/paper.ts'
import { figureText } from './figure-words.ts'
import { csvFile, xlsxFile } from './table-files.ts'

const cells = [
  ['', '事件数'],
  ['=cmd,"x"', 3],
  ['璧山 <区> & 镇', null],
]

test('a CSV is read as UTF-8, quoted where needed, and no cell of it is a formula', () => {
  expect(Buffer.from(csvFile(cells)).toString('utf8')).toBe('\ufeff,事件数\r\n"\'=cmd,""x""",3\r\n璧山 <区> & 镇,\r\n')
})

test('an XLSX holds a workbook with one sheet, numbers as numbers and texts as texts', () => {
  const files = unzipSync(xlsxFile(cells))
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).toContain('<c><v>3</v></c>')
  expect(sheet).toContain('璧山 &lt;区> &amp; 镇')
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml']))
})

test('the font can draw the names of all figures', () => {
  for (const text of Object.values(figureText)) expect(drawable(text)).toBe(text)
})
