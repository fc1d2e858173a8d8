import { closeSync, copyFileSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { StringDecoder } from 'node:string_decoder'

const chunkBytes = 64 * 1024
const pollMs = 250

/**
 * The log file of a process, which writes to it by itself: a launcher that is slow, stopped or gone never holds it
 * up. The launcher reads along.
 */
export class ProcessLog {
  /** Given to the process as its standard output and error. */
  readonly fd: number
  readonly #path: string
  readonly #maxBytes: number
  readonly #onLine: (line: string) => void
  readonly #timer: NodeJS.Timeout
  #decoder = new StringDecoder('utf8')
  #offset: number
  #rest = ''

  /**
   * Opens the file and follows it from its present end.
   * @param maxBytes over that the file becomes `{path}.1`, replacing the one before
   */
  constructor(path: string, onLine: (line: string) => void, maxBytes = 10 * 1024 * 1024) {
    mkdirSync(dirname(path), { recursive: true })
    this.fd = openSync(path, 'a+', 0o600)
    this.#path = path
    this.#maxBytes = maxBytes
    this.#onLine = onLine
    this.#offset = fstatSync(this.fd).size
    this.#timer = setInterval(() => this.read(), pollMs)
    this.#timer.unref()
  }

  /** Tells the lines that came since the last time. */
  read(): void {
    const chunk = Buffer.alloc(chunkBytes)
    for (let size = 1; size > 0; this.#offset += size) {
      size = readSync(this.fd, chunk, 0, chunkBytes, this.#offset)
      const lines = (this.#rest + this.#decoder.write(chunk.subarray(0, size))).split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') this.#onLine(line)
    }
    if (this.#offset > this.#maxBytes) this.#startOver()
  }

  close(): void {
    clearInterval(this.#timer)
    this.read()
    closeSync(this.fd)
  }

  /** The process keeps its file open, in append mode: emptied, it goes on from the start. */
  #startOver(): void {
    copyFileSync(this.#path, `${this.#path}.1`)
    ftruncateSync(this.fd, 0)
    this.#offset = 0
    this.#rest = ''
    this.#decoder = new StringDecoder('utf8')
  }
}
