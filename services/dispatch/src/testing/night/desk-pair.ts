import { type ServiceProcess, serviceProcess } from '@lifeline/test-support'
import type { Answer, DeskWorld, User } from '../desk-world.ts'

const retryMs = 100

/** Two desks on one database, of which one is killed now and then; callers do not know which is there. */
export class DeskPair {
  readonly world: DeskWorld
  readonly both: readonly [ServiceProcess, ServiceProcess]
  kills = 0
  #asked = 0

  private constructor(world: DeskWorld, other: ServiceProcess) {
    this.world = world
    this.both = [world.service, other]
  }

  /** @param world its own desk runs; the other is started here */
  static async start(world: DeskWorld): Promise<DeskPair> {
    const other = await serviceProcess('dispatch', world.env)
    await other.process.start()
    return new DeskPair(world, other)
  }

  /** The address of one of the two in turn, dead or alive. */
  readonly desk = (): string => this.both[this.#asked++ % 2 === 0 ? 0 : 1].url

  /** Kills one of the two, this and that in turn; resolves when it is back. */
  async kill(): Promise<void> {
    const { process } = this.both[this.kills++ % 2 === 0 ? 0 : 1]
    await process.stop('SIGKILL')
    await process.start()
  }

  /** Asks until a desk answers; a request whose answer was lost is made again. @returns with how often it was made */
  async insist<T>(as: User, method: string, path: string, body?: unknown): Promise<Answer<T> & { tries: number }> {
    for (let tries = 1; ; tries++) {
      const answer = await this.world
        .call<T>(as, method, path, body, this.desk())
        // No connection, or cut: the desk was killed, the other one answers.
        .catch(() => undefined)
      if (answer !== undefined && answer.status < 500) return { ...answer, tries }
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  async stop(): Promise<void> {
    await this.both[1].process.stop('SIGKILL')
    await this.world.end()
  }
}
