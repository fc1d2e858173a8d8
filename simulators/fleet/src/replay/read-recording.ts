import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { craneBlackBox } from './crane-black-box.ts'
import { craneWorkCycles } from './crane-work-cycles.ts'
import { liftImu } from './lift-imu.ts'
import { liftPressure } from './lift-pressure.ts'
import { type Recording, RecordingError, type RecordingFormat, Table } from './recording.ts'

const formats: readonly RecordingFormat[] = [liftPressure, liftImu, craneBlackBox, craneWorkCycles]

/**
 * Reads a recording; its columns tell the format.
 * @throws RecordingError where no format fits or the file is damaged, with the file's name
 */
export function readRecording(file: string): Recording {
  try {
    const table = new Table(readFileSync(file, 'utf8'))
    const format = formats.find(({ columns }) => columns.every((column) => table.columns.includes(column)))
    if (format !== undefined) return format.read(table)
    const known = formats.map(({ name, columns }) => `${name} (${columns.join(',')},…)`).join('; ')
    throw new RecordingError(`its columns ${table.columns.join(',')} are of no known recording: ${known}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new RecordingError(`${basename(file)}: ${reason}`, { cause: error })
  }
}
