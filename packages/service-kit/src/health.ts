/** Why a service cannot do its work now; empty when it can. Parts report by name, and take their word back. */
export class Health {
  readonly #reasons = new Map<string, string>()

  /** `reason` says why `part` cannot work; undefined says that it can again. */
  report(part: string, reason: string | undefined): void {
    if (reason === undefined) this.#reasons.delete(part)
    else this.#reasons.set(part, reason)
  }

  get reasons(): string[] {
    return [...this.#reasons].map(([part, reason]) => `${part}: ${reason}`)
  }
}
