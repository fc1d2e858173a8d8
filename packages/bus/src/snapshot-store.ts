import { snapshotStore } from '@lifeline/contracts'
import type { ObjectStore } from 'nats'
import type { Bus } from './connect-bus.ts'
import { retrying } from './retrying.ts'

export interface SnapshotStore {
  /** The newest snapshot under `name`, or undefined where there is none. */
  load(name: string): Promise<Uint8Array | undefined>
  /** Replaces the snapshot under `name`; a reader sees the old one or the new one, never a mixture. */
  save(name: string, bytes: Uint8Array): Promise<void>
  /** Removes the snapshot under `name` where there is one. */
  remove(name: string): Promise<void>
}

/** Snapshots of any size in a JetStream object store, so that whichever engine comes next finds them. */
export async function openSnapshotStore(bus: Bus): Promise<SnapshotStore> {
  const store: ObjectStore = await retrying(() => bus.connection.jetstream().views.os(snapshotStore))
  return {
    load: async (name) => (await store.getBlob(name)) ?? undefined,
    save: async (name, bytes) => {
      await store.putBlob({ name }, bytes)
    },
    remove: async (name) => {
      const info = await store.info(name)
      if (info !== null && !info.deleted) await store.delete(name)
    },
  }
}
