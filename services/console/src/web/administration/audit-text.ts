import { type Bilingual, dictionary, lookUp } from '../dictionary/dictionary.ts'

const { auditDetailWords, commandNameWords, kindWords, parameterWords, roleWords, ruleWords, settingWords } = dictionary
const labels = { ...parameterWords, ...settingWords, ...ruleWords, ...kindWords, ...auditDetailWords }
const values: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  role: roleWords,
  kind: kindWords,
  name: commandNameWords,
}

type Say = (words: Bilingual) => string

/** What an act was about, as a line; what has no words stands as it is. */
export function auditText(details: Readonly<Record<string, unknown>>, say: Say): string {
  return Object.entries(details)
    .map(([name, value]) => {
      const text = valueText(name, value, say)
      return text === '' ? '' : `${say(lookUp(labels, name))}: ${text}`
    })
    .filter((part) => part !== '')
    .join(' · ')
}

function valueText(name: string, value: unknown, say: Say): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'boolean') return say(value ? auditDetailWords.yes : auditDetailWords.no)
  if (Array.isArray(value)) return value.map((one) => valueText(name, one, say)).join(', ')
  if (typeof value === 'object') {
    const inside = auditText(value as Readonly<Record<string, unknown>>, say)
    return inside === '' ? '' : `(${inside})`
  }
  return say(lookUp(values[name] ?? {}, String(value)))
}
