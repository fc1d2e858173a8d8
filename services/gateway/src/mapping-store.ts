import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { builtInMappings, loadMapping, loadMappings, MappingError, type VendorFormat } from '@lifeline/protocols'
import { Gauge, type Logger, type Registry } from '@lifeline/service-kit'

/** How often the folder is looked at: it may not be there yet, or lie on a share that tells of no changes. */
const lookMs = 1_000

interface OwnMapping {
  /** What changes when the file does. */
  readonly seen: string
  /** What is in force; undefined where the file was never right. */
  readonly format: VendorFormat | undefined
  /** Whether the file as it stands is wrong. */
  readonly refused: boolean
}

/**
 * The mappings that can be used: those that come with the product, and in front of them those of a folder, as they
 * stand there. A file that is wrong is refused with its reasons, and what it said before stays in force.
 */
export class MappingStore {
  readonly #folder: string
  readonly #logger: Logger
  readonly #changed: (formats: ReadonlyMap<string, VendorFormat>) => void
  readonly #own = new Map<string, OwnMapping>()
  #builtIn: ReadonlyMap<string, VendorFormat> = new Map()
  #timer: NodeJS.Timeout | undefined
  #looking = false

  /** @param changed hears of all formats by name, first at the start */
  constructor(folder: string, logger: Logger, changed: (formats: ReadonlyMap<string, VendorFormat>) => void) {
    this.#folder = folder
    this.#logger = logger
    this.#changed = changed
  }

  /** Shows how many mappings there are, and how many files are refused. */
  expose(registry: Registry): void {
    const gauge = (name: string, help: string, value: () => number): void => {
      const registers = [registry]
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value())
        },
      })
    }
    const own = this.#own
    gauge('lifeline_mappings', "Mapping files of one's own.", () => own.size)
    gauge(
      'lifeline_mappings_refused',
      'Those that are wrong.',
      () => [...own.values()].filter((it) => it.refused).length,
    )
  }

  async start(): Promise<void> {
    const { formats, errors } = await loadMappings(builtInMappings)
    for (const error of errors.values()) throw error
    this.#builtIn = formats
    await this.#look()
    this.#tell()
    this.#timer = setInterval(() => void this.#lookAgain(), lookMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #lookAgain(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      if (await this.#look()) this.#tell()
    } catch (error) {
      this.#logger.error({ err: error, folder: this.#folder }, 'the mappings cannot be read, those known stay in force')
    }
    this.#looking = false
  }

  /** Whether anything is new. */
  async #look(): Promise<boolean> {
    const files = await filesOf(this.#folder)
    let news = false
    for (const name of [...this.#own.keys()].filter((known) => !files.has(known))) {
      this.#own.delete(name)
      news = true
    }
    for (const [name, seen] of files) {
      const known = this.#own.get(name)
      if (known?.seen === seen) continue
      news = true
      const format = await this.#load(name)
      this.#own.set(name, { seen, format: format ?? known?.format, refused: format === undefined })
    }
    return news
  }

  async #load(name: string): Promise<VendorFormat | undefined> {
    try {
      const format = await loadMapping(join(this.#folder, name))
      this.#logger.info({ mapping: format.name }, 'mapping in force')
      return format
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === 'ENOENT'
      if (!(error instanceof MappingError) && !gone) throw error
      this.#logger.error(
        { mapping: name, reason: (error as Error).message },
        'mapping refused, what it said before stays',
      )
      return undefined
    }
  }

  #tell(): void {
    const own = [...this.#own.values()].flatMap(({ format }) => (format === undefined ? [] : [format]))
    this.#changed(new Map([...this.#builtIn, ...own.map((format) => [format.name, format] as const)]))
  }
}

/** The mapping files of a folder with what changes when they do. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  try {
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()) {
      const { mtimeMs, size, ino } = await stat(join(folder, name))
      found.set(name, `${mtimeMs} ${size} ${ino}`)
    }
  } catch (error) {
    // Not there yet, or a file gone between two looks.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return found
}
