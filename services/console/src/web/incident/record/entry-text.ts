import type { TimelineEntry, Unit } from '@lifeline/contracts'
import { type Bilingual, dictionary, type Language, lookUp, textOf } from '../../dictionary/dictionary.ts'
import { conditions } from '../../trapped/conditions.ts'

const { causeWords, formWords, incidentWords, levelWords, newCaseWords, outcomeWords, queueWords, reasonWords } =
  dictionary
const { callWords, conditionWords, confidenceWords, outsideWords, proposalReasonWords, ruleWords, severityWords } =
  dictionary

type Say = (words: Bilingual, values?: Readonly<Record<string, unknown>>) => string
type Teller = (value: unknown, say: Say, units: ReadonlyMap<string, Unit>) => string

const named =
  (words: Bilingual): Teller =>
  (value, say) =>
    `${say(words)} ${value}`
const word =
  (words: Readonly<Record<string, Bilingual>>): Teller =>
  (value, say) =>
    say(lookUp(words, String(value)))

/** The details that tell a person something, in the order they are told; the rest is for machines. */
const tellers: Readonly<Record<string, Teller>> = {
  rule: word(ruleWords),
  severity: word(severityWords),
  confidence: word(confidenceWords),
  awaits: word(reasonWords),
  outcome: word(outcomeWords),
  reason: word(reasonWords),
  from: word(levelWords),
  level: word(levelWords),
  unitId: (value, _say, units) => units.get(String(value))?.name ?? String(value),
  alsoAsked: (value, say, units) =>
    `${say(incidentWords.alsoAsked)} ${listOf(value, (id) => units.get(id)?.name ?? id)}`,
  assignedTo: (value, _say, units) => units.get(String(value))?.name ?? String(value),
  minutes: (value, say) => say(formWords.minutesValue, { n: value }),
  freed: named(formWords.freed),
  injured: named(formWords.injured),
  cause: word(causeWords),
  trapped: (value, say) => say(queueWords.trapped, { n: value }),
  callerPhone: named(newCaseWords.callerPhone),
  parentId: named(incidentWords.belongsTo),
  service: word(outsideWords),
  reasons: (value, say) => listOf(value, (reason) => say(lookUp(proposalReasonWords, reason))),
  reached: (value, say) => say(value === true ? callWords.reachedShort : callWords.notReached),
  condition: (value, say) =>
    conditionsIn(value)
      .map((one) => say(conditionWords[one]))
      .join('、'),
  incidentIds: (value, say) => (Array.isArray(value) ? say(callWords.alarms, { n: value.length }) : ''),
  intoId: (_value, say) => say(callWords.intoOther),
  fromId: (_value, say) => say(callWords.fromOther),
  missed: (value, say) => say(callWords.missed, { n: value }),
  text: (value) => String(value),
}

const listOf = (value: unknown, tell: (one: string) => string): string =>
  Array.isArray(value) ? value.map((one) => tell(String(one))).join('、') : ''

const conditionsIn = (value: unknown) =>
  conditions.filter((one) => (value as Readonly<Record<string, unknown>> | null)?.[one] === true)

/** What an entry says beside its title, as one line. */
export function entryText(
  { details }: Pick<TimelineEntry, 'details'>,
  language: Language,
  units: ReadonlyMap<string, Unit>,
): string {
  const say: Say = (words, values) => textOf(words, language, values)
  return Object.entries(tellers)
    .filter(([name]) => details[name] !== undefined && details[name] !== '')
    .map(([name, tell]) => tell(details[name], say, units))
    .filter((told) => told !== '')
    .join(' · ')
}
