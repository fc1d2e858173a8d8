import { generate } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { packetTypes } from './control-packets.ts'
import { DownFlow } from './down-flow.ts'
import { PacketError } from './packet-reader.ts'

const { puback, pubrec, pubcomp } = packetTypes
const publish = (messageId: number, qos: 0 | 1 | 2, payload = 'x') =>
  generate({ cmd: 'publish', topic: 't', payload, messageId, qos, dup: false, retain: false })
const pubrel = (messageId: number) => generate({ cmd: 'pubrel', messageId })

function flow(...packets: Buffer[]): DownFlow {
  const down = new DownFlow(2)
  down.sent(Buffer.concat(packets))
  return down
}

describe('a message down is answered', () => {
  test('with PUBACK at QoS 1, and with PUBREC and PUBCOMP at QoS 2', () => {
    const down = flow(publish(1, 1), publish(2, 2))
    down.answered(puback, 1)
    down.answered(pubrec, 2)
    down.sent(pubrel(2))
    down.answered(pubrec, 2)
    down.answered(pubcomp, 2)
  })

  test.each([
    ['PUBREC', 1, pubrec],
    ['PUBCOMP', 1, pubcomp],
    ['PUBACK', 2, puback],
    ['PUBCOMP', 2, pubcomp],
  ] as const)('not with %s at QoS %i', (_name, qos, answer) => {
    expect(() => flow(publish(7, qos)).answered(answer, 7)).toThrow(PacketError)
  })

  test('not with PUBACK once it is released', () => {
    const down = flow(publish(7, 2), pubrel(7))
    expect(() => down.answered(puback, 7)).toThrow(PacketError)
  })
})

test('answers that nothing waits for pass', () => {
  for (const answer of [puback, pubrec, pubcomp]) flow(publish(1, 1)).answered(answer, 9)
})

test('it is overfull when more wait for an answer than may, whatever goes down in between', () => {
  const long = publish(3, 0, 'x'.repeat(20_000))
  expect(flow(publish(1, 1), long, Buffer.from([0xd0, 0]), publish(2, 1)).overfull).toBe(false)
  const down = flow(publish(1, 1), long, publish(2, 1), publish(3, 1))
  expect(down.overfull).toBe(true)
  down.answered(puback, 2)
  expect(down.overfull).toBe(false)
})
