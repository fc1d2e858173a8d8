/** A record as `GET /api/v1/quarantine` lists it. */
export interface Entry {
  readonly id: string
  readonly deviceId: string
  readonly kind: string
  readonly reason: string
  readonly path?: string
  readonly size: number
  readonly replay: {
    readonly possible: boolean
    readonly why?: string
    readonly failure?: string
    readonly triedBy?: string
  }
  readonly replayed?: { readonly at: number; readonly by: string; readonly stored: number }
}

/** Of one device. */
export interface Count {
  readonly deviceId: string
  readonly count: number
  readonly replayed: number
  readonly lastReason: string
  readonly lastGoodFrameAt: number | null
}

/** What `POST /api/v1/quarantine/replay` answers. */
export interface Outcomes {
  readonly items: readonly {
    readonly id: string
    readonly result: string
    readonly stored?: number
    readonly reason?: string
  }[]
  readonly more: boolean
}
