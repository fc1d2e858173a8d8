import type { Kind } from '@lifeline/contracts'
import { signSession } from '@lifeline/service-kit'
import { z } from 'zod'
import { type Curve, curveFields } from './curve.ts'

const answerSchema = z.object({
  items: z.array(z.tuple([z.number(), z.union([z.number(), z.string(), z.boolean()])])),
})
const timeoutMs = 15_000

export interface CurveQuery {
  readonly deviceId: string
  readonly kind: Kind
  /** ms since the Unix epoch, both ends included. */
  readonly fromTime: number
  readonly toTime: number
}

/** Reads what the historian keeps of a machine. */
export class HistorianClient {
  readonly #url: string
  readonly #secret: string

  constructor(url: string, sessionSecret: string) {
    this.#url = url
    this.#secret = sessionSecret
  }

  /** The fields that have values in the time. @throws Error where one of them cannot be read */
  async read({ deviceId, kind, fromTime, toTime }: CurveQuery, signal: AbortSignal): Promise<Curve> {
    const token = await signSession({ name: 'dispatch', role: 'regulator' }, this.#secret)
    const curve: Record<string, Curve[string]> = {}
    for (const field of curveFields[kind]) {
      const query = new URLSearchParams({ field, from: String(Math.floor(fromTime)), to: String(Math.ceil(toTime)) })
      const response = await fetch(`${this.#url}/api/v1/devices/${deviceId}/telemetry?${query}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      if (!response.ok) throw new Error(`the historian answers ${response.status} to ${field} of ${deviceId}`)
      const { items } = answerSchema.parse(await response.json())
      if (items.length > 0) curve[field] = items
    }
    return curve
  }
}
