import { expect, test } from 'vitest'
import { causeText, levelText, outcomeText, stateText, whatText } from './case-words.ts'
import { drawable } from './paper.ts'

test('the font has every sign of the papers’ own words', () => {
  const words = [stateText, levelText, causeText, outcomeText, whatText].flatMap((all) => Object.values(all))
  const own =
    '96333 应急处置记录（演练）编号设备地址规则接警状态处置单位报警电话被困人数结果结案过程通知未发送：无曲线尚未读取校验时间线完整，未被改动自第条起不一致导出优先级；—–'
  for (const text of [...words, own]) expect(drawable(text)).toBe(text)
})

test('what the font cannot draw is a mark that it can, not nothing', () => {
  expect(drawable('璧山😀\u0000区')).toBe('璧山〓 区')
  expect(drawable('〓')).toBe('〓')
})
