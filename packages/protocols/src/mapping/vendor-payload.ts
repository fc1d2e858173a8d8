import type { Kind } from '@lifeline/contracts'
import type { BadPart, Decoded } from '../decoded.ts'

/** What one vendor payload said of one device. */
export interface Share {
  /** The vendor's id of it; undefined where the payload names none, since the account has one device only. */
  readonly vendorId: string | undefined
  /** What the mapping takes the device for. */
  readonly kind: Kind
  readonly decoded: Decoded
}

/** An answer that the format asks for, to be sent when what it answers is stored. */
export interface Reply {
  readonly bytes: Buffer
  /** For the topic of it, where it goes by MQTT. */
  readonly names: Readonly<Record<string, string>>
}

/** What a payload in a vendor's format said: of each device, and what belongs to none. */
export interface VendorPayload {
  readonly shares: readonly Share[]
  readonly bad: readonly BadPart[]
  readonly replies: readonly Reply[]
}
