import type { UpChannel } from '@lifeline/contracts'
import type { Decoder } from './decoded.ts'
import { decodeNativeEvent } from './native-event.ts'
import { decodeNativeStatus } from './native-status.ts'
import { decodeNativeTelemetry } from './native-telemetry.ts'

/** The native format: UTF-8 JSON in SI units, one decoder for each topic that goes up. */
export const nativeFormat: Readonly<Record<UpChannel, Decoder>> = {
  telemetry: decodeNativeTelemetry,
  event: decodeNativeEvent,
  status: decodeNativeStatus,
}
