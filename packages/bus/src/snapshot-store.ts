import { setTimeout as delay } from 'node:timers/promises'
import { snapshotStore } from '@lifeline/contracts'
import type { ObjectStore } from 'nats'
import type { Bus } from './connect-bus.ts'
import { retrying } from './retrying.ts'

/** Thrown where a snapshot was saved and its bytes are gone or spoilt: trying again does not bring them back. */
export class SnapshotLostError extends Error {
  override readonly name = 'SnapshotLostError'
  readonly code = 'SNAPSHOT_LOST'

  constructor(name: string, options?: ErrorOptions) {
    super(`the bytes of the snapshot ${name} are not what was saved`, options)
  }
}

export interface SnapshotStore {
  /**
   * The newest snapshot under `name`, or undefined where there is none.
   * @throws SnapshotLostError
   */
  load(name: string): Promise<Uint8Array | undefined>
  /** Replaces the snapshot under `name`; a reader sees the old one or the new one, never a mixture. */
  save(name: string, bytes: Uint8Array): Promise<void>
  /** Removes the snapshot under `name` where there is one. */
  remove(name: string): Promise<void>
}

/** A part of a snapshot that is not there by then, ms, does not come. */
const partWithinMs = 10_000

/** Snapshots of any size in a JetStream object store, so that whichever engine comes next finds them. */
export async function openSnapshotStore(bus: Bus): Promise<SnapshotStore> {
  const store: ObjectStore = await retrying(() => bus.connection.jetstream().views.os(snapshotStore))

  /** The client waits for ever for parts that are not there, so they are counted before. */
  const isWhole = async ({ nuid, chunks }: { readonly nuid: string; readonly chunks: number }): Promise<boolean> => {
    const subject = `$O.${snapshotStore}.C.${nuid}`
    const manager = await bus.connection.jetstreamManager()
    const { state } = await manager.streams.info(`OBJ_${snapshotStore}`, { subjects_filter: subject })
    return state.subjects?.[subject] === chunks
  }

  return {
    load: async (name) => {
      const info = await store.info(name)
      if (info === null || info.deleted) return undefined
      if (!(await isWhole(info))) {
        if ((await store.info(name))?.nuid === info.nuid) throw new SnapshotLostError(name)
        throw new Error(`the snapshot ${name} was replaced while it was looked at`)
      }
      const object = await store.get(name)
      if (object === null) return undefined
      object.error.catch(() => undefined)
      return read(name, object.data)
    },
    save: async (name, bytes) => {
      await store.putBlob({ name }, bytes)
    },
    remove: async (name) => {
      const info = await store.info(name)
      if (info !== null && !info.deleted) await store.delete(name)
    },
  }
}

async function read(name: string, stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const reader = stream.getReader()
  for (;;) {
    const read = new AbortController()
    const late = delay(partWithinMs, undefined, { signal: read.signal, ref: false }).then(() => {
      throw new Error(`no more of the snapshot ${name} within ${partWithinMs} ms`)
    })
    late.catch(() => undefined)
    try {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return Buffer.concat(parts)
      parts.push(value)
    } catch (error) {
      void reader.cancel().catch(() => undefined)
      if (error instanceof Error && error.message.includes('digests do not match')) {
        throw new SnapshotLostError(name, { cause: error })
      }
      throw error
    } finally {
      read.abort()
    }
  }
}
