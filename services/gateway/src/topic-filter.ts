/** Whether a text can be a topic name: not empty, without wildcards (MQTT 3.1.1 §4.7, [MQTT-3.3.2-2]). */
export const isTopicName = (text: string): boolean => text !== '' && !/[+#]/.test(text)

/** Whether a text can be a topic filter: `+` is a whole level, `#` the whole last one ([MQTT-4.7.1-2] [MQTT-4.7.1-3]). */
export function isTopicFilter(text: string): boolean {
  if (text === '') return false
  if (!/[+#]/.test(text)) return true
  const levels = text.split('/')
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1
    return level === '+' || !/[+#]/.test(level)
  })
}

/** Whether a topic name matches a filter (§4.7). Topics that begin with `$` match no leading wildcard ([MQTT-4.7.2-1]). */
export function filterMatches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  const wanted = filter.split('/')
  const levels = topic.split('/')
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false
  }
  return wanted.length === levels.length
}
