import { maxFramesPerPayload } from '@lifeline/contracts'
import type { BadPart } from '../decoded.ts'
import { withoutPersonalData } from '../personal-data.ts'
import { utf8Text } from '../utf8-text.ts'
import type { Reply } from './vendor-payload.ts'

/** What the bytes of a payload are, before a mapping says what it means. */
export interface ReadPayload {
  readonly objects: readonly unknown[]
  readonly bad: readonly BadPart[]
  readonly replies: readonly Reply[]
}

/** Turns bytes into objects. Keeps what a later payload leans on: one reader for each connection. */
export interface PayloadReader {
  /**
   * @param payload whole; of a stream, what has just come
   * @param topic levels of it, by name
   * @param receivedAt ms since the Unix epoch
   */
  read(payload: Buffer, topic: Readonly<Record<string, string>>, receivedAt: number): ReadPayload
}

const noReplies: readonly Reply[] = []
const bad = (part: BadPart): ReadPayload => ({ objects: [], bad: [part], replies: noReplies })

/** JSON that is one object, or an array of up to 500. */
export const jsonReader = (personal: readonly string[]): PayloadReader => ({
  read: (payload) => {
    if (payload.length === 0) return bad({ badClass: 'empty', reason: 'the payload is empty' })
    const text = utf8Text(payload)
    const masked = (): Buffer => withoutPersonalData(payload, personal)
    if (text === undefined) return bad({ badClass: 'encoding', reason: 'not UTF-8', bytes: masked() })
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      // The message of the error quotes the payload.
      void error
      return bad({ badClass: 'syntax', reason: 'not JSON', text: masked().toString() })
    }
    const objects: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (objects.length > maxFramesPerPayload) {
      const reason = `${objects.length} in one payload, at most ${maxFramesPerPayload} are taken`
      return bad({ badClass: 'too_many', reason, text: masked().toString() })
    }
    return { objects, bad: [], replies: noReplies }
  },
})
