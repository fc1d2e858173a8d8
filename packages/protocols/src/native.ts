import type { LogChannel } from '@lifeline/contracts'
import type { Decoder } from './decoded.ts'
import { decodeNativeEvent } from './native-event.ts'
import { decodeNativeStatus } from './native-status.ts'
import { nativeTelemetry } from './native-telemetry.ts'
import type { Pseudonym } from './personal-data.ts'

/** The native format: UTF-8 JSON in SI units, one decoder for each topic that goes into the log. */
export const nativeFormat = (pseudonym: Pseudonym): Readonly<Record<LogChannel, Decoder>> => ({
  telemetry: nativeTelemetry(pseudonym),
  event: decodeNativeEvent,
  status: decodeNativeStatus,
})
