/** Two tones in turn, Hz: unlike anything else that sounds in a dispatch room. */
const tones = [880, 660] as const
const toneSeconds = 0.28
const repeats = 3
const loudness = 0.35

/** Sounds by Web Audio, which a browser allows only once somebody has pressed something in the page. */
export class Siren {
  readonly #context = new AudioContext()

  get unlocked(): boolean {
    return this.#context.state === 'running'
  }

  /** To be called while a press is handled. */
  unlock(): Promise<void> {
    return this.#context.resume()
  }

  /** @param listener called whenever `unlocked` may have changed */
  onChange(listener: () => void): () => void {
    this.#context.addEventListener('statechange', listener)
    return () => this.#context.removeEventListener('statechange', listener)
  }

  /** One round, under two seconds. */
  sound(): void {
    const gain = this.#context.createGain()
    gain.gain.value = loudness
    gain.connect(this.#context.destination)
    const start = this.#context.currentTime
    for (let index = 0; index < repeats * tones.length; index += 1) {
      const oscillator = this.#context.createOscillator()
      oscillator.type = 'square'
      oscillator.frequency.value = tones[index % tones.length] ?? tones[0]
      oscillator.connect(gain)
      oscillator.start(start + index * toneSeconds)
      oscillator.stop(start + (index + 0.9) * toneSeconds)
    }
  }

  close(): void {
    void this.#context.close()
  }
}
