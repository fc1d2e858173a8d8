/** Whether it is a topic as a mapping writes it: `{name}` and `+` stand for one level, a last `#` for all further ones. */
export function isTopicPattern(pattern: string): boolean {
  const levels = pattern.split('/')
  if (levels.length > 1 && levels.at(-1) === '#') levels.pop()
  return pattern !== '' && levels.every((level) => /^(\{\w+\}|\+|[^#+{}\0]*)$/u.test(level))
}

/** The names that a pattern gives to levels. */
export const namesIn = (pattern: string): readonly string[] =>
  [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** The levels that the pattern names, by name; undefined where the topic is another one. */
export type TopicMatch = (topic: string) => Readonly<Record<string, string>> | undefined

/**
 * @param pattern one that `isTopicPattern`
 * @returns compares topics of which each byte is one character, as they come from the wire
 */
export function compileTopicPattern(pattern: string): TopicMatch {
  const wanted = Buffer.from(pattern).toString('latin1').split('/')
  const open = wanted.at(-1) === '#'
  if (open) wanted.pop()
  return (topic) => {
    const levels = topic.split('/')
    if (open ? levels.length <= wanted.length : levels.length !== wanted.length) return undefined
    const names: Record<string, string> = {}
    for (const [i, level] of wanted.entries()) {
      const actual = levels[i] ?? ''
      if (level.startsWith('{')) {
        if (actual === '') return undefined
        names[level.slice(1, -1)] = Buffer.from(actual, 'latin1').toString()
      } else if (level !== '+' && level !== actual) return undefined
    }
    return names
  }
}

/** The topic that a pattern gives with its names filled in; undefined where one is not known or is no single level. */
export function fillTopicPattern(pattern: string, names: Readonly<Record<string, string>>): string | undefined {
  let known = true
  const topic = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(names, name) ? names[name] : undefined
    if (value === undefined || !/^[^/#+\0]+$/.test(value)) known = false
    return value ?? ''
  })
  return known ? topic : undefined
}
