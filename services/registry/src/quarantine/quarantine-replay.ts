import type { Bus } from '@lifeline/bus'
import {
  type QuarantineRecord,
  type ReplayReply,
  type ReplayRequest,
  replaySubject,
  streams,
} from '@lifeline/contracts'
import type { RegistryDb } from '../database/registry-db.ts'
import { whyNotReplayable } from './not-replayable.ts'
import type { QuarantineRow } from './read-quarantine.ts'

/** A gateway answers when all is in the log, which waits while NATS is away. */
const patienceMs = 15_000

/** What became of one record. */
export interface ReplayOutcome {
  readonly id: number
  /** `failed`: it is still not understood. `refused`: it cannot be taken again at all. */
  readonly result: 'replayed' | 'failed' | 'refused'
  /** Frames and events that are in the log now; also of a payload of which a part is still bad. */
  readonly stored?: number
  readonly reason?: string
}

/** Thrown where no gateway answers. What was done before is done. */
export class NoGatewayError extends Error {
  override readonly name = 'NoGatewayError'
  readonly code = 'NO_GATEWAY'
}

/** The record as it stands in the stream; undefined where that has let go of it. */
export async function storedRecord(bus: Bus, id: number): Promise<QuarantineRecord | undefined> {
  const manager = await bus.connection.jetstreamManager()
  try {
    return (await manager.streams.getMessage(streams.quarantine, { seq: id })).json<QuarantineRecord>()
  } catch (error) {
    if ((error as { api_error?: { code?: number } }).api_error?.code === 404) return undefined
    throw error
  }
}

/**
 * Has a record taken again by a gateway and keeps what came of it. A crash in between has it taken twice, which
 * everything behind the log takes as once.
 * @param by who wants it
 * @throws NoGatewayError
 */
export async function replayQuarantined(
  db: RegistryDb,
  bus: Bus,
  row: QuarantineRow,
  by: string,
): Promise<ReplayOutcome> {
  const { id } = row
  const refusal = whyNotReplayable(row)
  if (refusal !== undefined) return { id, result: 'refused', reason: refusal }
  const record = await storedRecord(bus, id)
  if (record === undefined) return { id, result: 'refused', reason: 'the stream does not keep it any more' }
  const { stored, reason, path } = await ask(bus, record)
  const failure = reason === undefined || path === undefined ? reason : `${path}: ${reason}`
  const done = failure === undefined
  await db
    .updateTable('quarantine')
    .set({ tried_at: Date.now(), tried_by: by, failure: failure ?? null, ...(done ? { stored } : {}) })
    .where('id', '=', id)
    .where('stored', 'is', null)
    .execute()
  return done ? { id, result: 'replayed', stored } : { id, result: 'failed', stored, reason: failure }
}

async function ask(bus: Bus, record: QuarantineRecord): Promise<ReplayReply> {
  const { topic, kind, deviceId, account, receivedAt, payload } = record
  const request: ReplayRequest = {
    topic,
    kind,
    deviceId,
    receivedAt,
    payload,
    ...(account === undefined ? {} : { account }),
  }
  try {
    const reply = await bus.connection.request(replaySubject, JSON.stringify(request), { timeout: patienceMs })
    return reply.json<ReplayReply>()
  } catch (error) {
    throw new NoGatewayError(`no gateway took it within ${patienceMs / 1_000} s; try again`, { cause: error })
  }
}
