import { controllerEventSchema, type LoggedEvent, loggedEvent } from '@lifeline/contracts'
import type { Decoder } from './decoded.ts'
import { decodeJsonList } from './json-list.ts'
import { withoutIdentityNumbers } from './personal-data.ts'

const known = new Set(Object.keys(controllerEventSchema.shape))

/** A controller's event in the native format, or an array of up to 500; its code becomes a slug. */
export const decodeNativeEvent: Decoder = (_kind, payload, payloadBytes) =>
  decodeJsonList('event', payload, payloadBytes, (value) => {
    const { success, data, error } = controllerEventSchema.safeParse(value)
    if (success) {
      const unknownFields = Object.keys(value as object).filter((name) => !known.has(name)).length
      return { ok: true, value: withoutNumbers(loggedEvent(data)), unknownFields }
    }
    const { path, message } = error.issues[0] ?? { path: [], message: 'not an event' }
    return { ok: false, path: path.join('.'), reason: message }
  })

const withoutNumbers = (event: LoggedEvent): LoggedEvent =>
  event.text === undefined ? event : { ...event, text: withoutIdentityNumbers(event.text) }
