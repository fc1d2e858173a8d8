import {
  askUpstream,
  instancesOf,
  type UpstreamInstance,
  type UpstreamName,
  UpstreamSilent,
  type Upstreams,
} from './upstream.ts'

/** Finds of a service's instances one that answers, and stays with it while it does. */
export class LiveUpstream {
  readonly #upstreams: Upstreams
  readonly #last = new Map<UpstreamName, string>()

  constructor(upstreams: Upstreams) {
    this.#upstreams = upstreams
  }

  /**
   * An instance that answers now, be it that it is not well. It is asked before a request goes to it, since a request
   * that was sent may have been carried out and must not be sent again. A lone one is not asked.
   * @param except one that has just failed
   * @returns the one chosen last where none answers
   */
  async choose(service: UpstreamName, except?: UpstreamInstance): Promise<UpstreamInstance> {
    const instances = instancesOf(this.#upstreams, service)
    const last = instances.findIndex(({ name }) => name === this.#last.get(service))
    const [first, ...others] = [...instances.slice(Math.max(0, last)), ...instances.slice(0, Math.max(0, last))]
    if (first === undefined) throw new TypeError(`no instance of ${service} is known`)
    if (others.length === 0) return first
    for (const instance of [first, ...others]) {
      if (instance.name === except?.name || !(await answers(instance))) continue
      this.#last.set(service, instance.name)
      return instance
    }
    return first
  }
}

async function answers(instance: UpstreamInstance): Promise<boolean> {
  try {
    await askUpstream(instance, '/healthz')
    return true
  } catch (error) {
    if (error instanceof UpstreamSilent) return false
    throw error
  }
}
