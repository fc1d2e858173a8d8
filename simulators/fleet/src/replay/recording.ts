import type { LiftTrack } from './lift-track.ts'

/** What a crane's own recorder noted at one moment. */
export interface CraneReading {
  /** ms after the first reading; two readings may have the same. */
  readonly atMs: number
  /** The recorder's own number. */
  readonly seq?: number
  /** kg. */
  readonly hookLoad: number
  /** m. */
  readonly radius: number
  readonly hookHeight: number
  /** Degrees; absent where the recorder did not know it. */
  readonly slewAngle?: number
  readonly falls: 2 | 4
  /** m/s. */
  readonly windSpeed: number
}

/** A recording as its format's reader understands it, its times from 0. */
export type Recording =
  | { readonly kind: 'elevator'; readonly track: LiftTrack }
  | { readonly kind: 'tower-crane'; readonly readings: readonly CraneReading[] }

/** One format of recordings. */
export interface RecordingFormat {
  readonly name: string
  /** Column names that tell it from every other format. */
  readonly columns: readonly string[]
  /** @throws RecordingError where the table does not hold what the format says */
  read(table: Table): Recording
}

/** Thrown where a recording is of no known format or damaged: says where, and what is expected. */
export class RecordingError extends Error {
  readonly code = 'RECORDING_UNREADABLE'
  override readonly name = 'RecordingError'
}

/** A CSV file with a header and no quotes, read column by column. */
export class Table {
  readonly columns: readonly string[]
  readonly #rows: readonly (readonly string[])[]

  constructor(text: string) {
    const [header = '', ...lines] = text.trim().split(/\r?\n/)
    this.columns = header.split(',')
    this.#rows = lines.map((line) => line.split(','))
  }

  /** Cells of a column as they are written. @throws RecordingError */
  texts(column: string): string[] {
    const index = this.columns.indexOf(column)
    if (index < 0) throw new RecordingError(`there is no column ${column}`)
    return this.#rows.map((row, i) => {
      const cell = row[index]
      // The header is line 1.
      if (cell === undefined) throw new RecordingError(`line ${i + 2} ends before the column ${column}`)
      return cell
    })
  }

  /** Cells of a column as numbers. @throws RecordingError */
  numbers(column: string): number[] {
    return this.texts(column).map((cell, i) => {
      const value = Number(cell)
      if (cell.trim() !== '' && Number.isFinite(value)) return value
      throw new RecordingError(`line ${i + 2}, column ${column}: ${JSON.stringify(cell)} is no number`)
    })
  }
}
