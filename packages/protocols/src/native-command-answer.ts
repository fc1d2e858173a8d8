import { type CommandAnswer, commandAnswerSchema } from '@lifeline/contracts'
import { type Decoded, undecodable } from './decoded.ts'
import { readJson } from './json-list.ts'
import { withoutIdentityNumbers } from './personal-data.ts'

/** A device's answer to a command, `{ id, ok, reason? }`, without what may be personal in it; or what is wrong with it. */
export function decodeCommandAnswer(payload: Buffer, payloadBytes: number): CommandAnswer | Decoded {
  const read = readJson(payload, payloadBytes)
  if ('bad' in read) return read
  const { success, data, error } = commandAnswerSchema.safeParse(read.value)
  if (!success) {
    const { path, message } = error.issues[0] ?? { path: [], message: 'not an answer' }
    return undecodable('schema', message, path.join('.'))
  }
  if (data.reason === undefined) return data
  return { ...data, reason: withoutIdentityNumbers(data.reason) }
}
