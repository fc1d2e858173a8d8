/**
 * Loaded into a process that is measured (`--expose-gc --import`): answers any message of its parent with what it needs
 * once the garbage is gone.
 */
export interface OwnMemory {
  /** Bytes: live objects, buffers beside them, and what the system has given the process. */
  readonly heap: number
  readonly external: number
  readonly resident: number
}

process.on('message', async () => {
  const { gc } = globalThis as { gc?: (options?: object) => Promise<void> }
  if (gc === undefined) throw new Error('own-memory.ts needs --expose-gc')
  for (let i = 0; i < 3; i++) await gc({ execution: 'async', flavor: 'last-resort' })
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ heap: heapUsed, external, resident: rss } satisfies OwnMemory)
})
