import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterMatches, isTopicFilter, isTopicName } from './topic-filter.ts'

test('a topic name has no wildcard and is not empty [MQTT-3.3.2-2] [MQTT-4.7.3-1]', () => {
  expect(['a', '/', 'a b/ü', '$x'].every(isTopicName)).toBe(true)
  expect(['', 'a/+', '#', 'a#'].some(isTopicName)).toBe(false)
})

test('a wildcard is a whole level, and # the last one [MQTT-4.7.1-2] [MQTT-4.7.1-3]', () => {
  expect(['#', '+', '/', '+/+', 'a/+/b/#', '/#', 'a'].every(isTopicFilter)).toBe(true)
  expect(['', 'a#', '#/a', 'a/#/b', 'a+', '+a/b', 'a/b+', '##', '++'].some(isTopicFilter)).toBe(false)
})

describe('a filter', () => {
  test.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1'],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon'],
    ['sport/#', 'sport'],
    ['#', '/'],
    ['+', 'finance'],
    ['+/+', '/finance'],
    ['/+', '/finance'],
    ['sport/+', 'sport/'],
    ['$SYS/#', '$SYS/a'],
    ['$SYS/monitor/+', '$SYS/monitor/Clients'],
  ])('%s matches %s', (filter, topic) => {
    expect(filterMatches(filter, topic)).toBe(true)
  })

  test.each([
    ['sport/tennis/+', 'sport/tennis/player1/ranking'],
    ['sport/+', 'sport'],
    ['+', '/finance'],
    ['Sport', 'sport'],
    ['a/b', 'a'],
    ['#', '$SYS'],
    ['+/monitor/Clients', '$SYS/monitor/Clients'],
  ])('%s does not match %s', (filter, topic) => {
    expect(filterMatches(filter, topic)).toBe(false)
  })

  test('matches as a regular expression made of it would', () => {
    const level = fc.constantFrom('', 'a', 'b', '$a', 'ab')
    const filterOf = fc
      .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([levels, all]) => [...levels, ...(all ? ['#'] : [])].join('/'))
      .filter((it) => it !== '')
    const topicOf = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'))
    fc.assert(
      fc.property(filterOf, topicOf, (filter, topic) => {
        const pattern = filter
          .replaceAll('$', '\\$')
          .replaceAll('+', '[^/]*')
          .replace(/\/#$/, '(/.*)?')
          .replace(/^#$/, '.*')
        const expected = new RegExp(`^${pattern}$`).test(topic) && !(topic.startsWith('$') && /^[+#]/.test(filter))
        expect(filterMatches(filter, topic)).toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })
})
