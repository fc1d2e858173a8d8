import { actionSchemas, commandStates, dispatchSettingsSchema, equipmentSchema, roles } from '@lifeline/contracts'
import { PartitionFold, ruleCatalogue } from '@lifeline/rules'
import { LogBuilder, ruleVectors } from '@lifeline/rules/testing'
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

test('what the rules measure, limit and rest on has its words in Chinese', () => {
  const { fieldWords, sourceWords, unitWords } = dictionary
  const unknown = new Set<string>()
  const written = /^(m|m\/s|kg|°|‰|d)$/
  for (const { equipment, sound, faulty, opensAfter } of ruleVectors) {
    const log = new LogBuilder(equipment)
    for (let second = 1; second <= 5; second++) log.frame(second, sound(second))
    for (let second = 0; second <= opensAfter + 5; second++) log.frame(6 + second, faulty(second))
    for (const { data } of new PartitionFold().apply(log.records)) {
      for (const field of Object.keys(data.measured)) if (!(field in fieldWords)) unknown.add(field)
      if (!(data.limit.source in sourceWords)) unknown.add(data.limit.source)
      if (!(data.limit.unit in unitWords) && !written.test(data.limit.unit)) unknown.add(data.limit.unit)
    }
  }
  expect([...unknown]).toEqual([])
})

test('all that can be set of a rule has its words in Chinese: name, unit, what it rests on, how sure it is', () => {
  const { markWords, ruleWords, settingSourceWords, settingUnitWords, settingWords, sourceWords, unitWords } =
    dictionary
  const written = /^(m|m\/s|kg|°|‰)$/
  const unknown = ruleCatalogue.flatMap(({ rule, settings }) => [
    ...(rule in ruleWords ? [] : [rule]),
    ...settings.flatMap(({ name, unit, source, confidence }) => [
      ...(name in settingWords ? [] : [name]),
      ...(unit in unitWords || unit in settingUnitWords || written.test(unit) ? [] : [unit]),
      ...(source in sourceWords || source in settingSourceWords ? [] : [source]),
      ...(confidence in markWords ? [] : [confidence]),
    ]),
  ])
  expect(unknown).toEqual([])
})

test('every action, role, command state, clock of the desk and parameter of a machine has its words', () => {
  const { actionWords, commandStateWords, parameterWords, roleWords } = dictionary
  expect(Object.keys(actionWords).toSorted()).toEqual(Object.keys(actionSchemas).toSorted())
  expect(Object.keys(roleWords).toSorted()).toEqual([...roles].toSorted())
  expect(Object.keys(commandStateWords).toSorted()).toEqual([...commandStates].toSorted())
  expect(Object.keys(dictionary.deskSettingNames).toSorted()).toEqual(
    Object.keys(dispatchSettingsSchema.shape).toSorted(),
  )
  const parameters = equipmentSchema.options.flatMap(({ shape }) => Object.keys(shape.parameters.shape))
  expect(parameters.filter((name) => !(name in parameterWords))).toEqual([])
})
