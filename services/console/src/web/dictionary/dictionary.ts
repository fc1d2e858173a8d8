import * as actions from './action-words.ts'
import * as administration from './administration-words.ts'
import type { Bilingual, Language } from './bilingual.ts'
import * as calls from './call-words.ts'
import * as cases from './case-words.ts'
import * as channels from './channel-words.ts'
import * as crews from './crew-words.ts'
import * as deskSettings from './desk-setting-words.ts'
import * as devices from './device-words.ts'
import * as fields from './field-words.ts'
import * as maps from './map-words.ts'
import * as pages from './page-words.ts'
import * as reports from './report-words.ts'
import * as roster from './roster-words.ts'
import * as rules from './rule-words.ts'
import * as screens from './screen-words.ts'
import * as settingSources from './setting-source-words.ts'
import * as settings from './setting-words.ts'
import * as sources from './source-words.ts'
import * as wall from './wall-words.ts'

export type { Bilingual, Language } from './bilingual.ts'

/** Everything that the screen says, in both languages. */
export const dictionary = {
  ...actions,
  ...administration,
  ...calls,
  ...cases,
  ...channels,
  ...crews,
  ...deskSettings,
  ...devices,
  ...fields,
  ...maps,
  ...pages,
  ...reports,
  ...roster,
  ...rules,
  ...screens,
  ...settings,
  ...settingSources,
  ...sources,
  ...wall,
}

/** The text in one language, its `{name}`s filled in. */
export function textOf(words: Bilingual, language: Language, values: Readonly<Record<string, unknown>> = {}): string {
  return words[language].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )
}

/** The text for a word that comes from outside and may be one that nobody here knows: then the word itself. */
export function lookUp(words: Readonly<Record<string, Bilingual>>, word: string): Bilingual {
  return Object.hasOwn(words, word) ? (words[word] as Bilingual) : { zh: word, en: word }
}
