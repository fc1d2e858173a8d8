import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Whether the recordings stand beside the project; they are never part of it. */
export const hasRecordings = existsSync(`${root}../shared/data/README.md`)
/** Said in the name of what is skipped without them. */
export const needsRecordings = 'recordings in ../shared/data (skipped where they are not there)'

/** Path of a recording beside the project. */
export const recordingFile = (path: string): string => `${root}../shared/data/${path}`
