import { expect, test } from 'vitest'
import { type Bilingual, dictionary, lookUp, textOf } from './dictionary.ts'

function allTexts(): [string, Bilingual][] {
  return Object.entries(dictionary).flatMap(([section, words]) =>
    Object.entries(words).flatMap(([name, value]: [string, Bilingual | readonly Bilingual[]]) =>
      [value].flat().map((text): [string, Bilingual] => [`${section}.${name}`, text as Bilingual]),
    ),
  )
}

test('every text has words in both languages, with the same values to fill in', () => {
  const texts = allTexts()
  expect(texts.length).toBeGreaterThan(150)
  for (const [name, { zh, en }] of texts) {
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted()
    expect([name, zh.trim() !== '', en.trim() !== '']).toEqual([name, true, true])
    expect([name, holes(zh)]).toEqual([name, holes(en)])
  }
})

test('values are filled in, and a hole without a value stays to be seen', () => {
  expect(textOf({ zh: '{n} 人', en: '{n} trapped' }, 'en', { n: 2 })).toBe('2 trapped')
  expect(textOf({ zh: '{n} 人', en: '{n} trapped' }, 'zh')).toBe('{n} 人')
})

test('a word that nobody knows is shown as it came, also one that every object has', () => {
  expect(lookUp(dictionary.eventWords, 'escalated').zh).toBe('升级')
  expect(lookUp(dictionary.eventWords, 'constructor')).toEqual({ zh: 'constructor', en: 'constructor' })
})
