import { type CommandAnswer, commandKey } from '@lifeline/contracts'
import { decodeCommandAnswer, undecodable } from '@lifeline/protocols'
import type { CommandStore } from './command-store.ts'
import type { AnswerRoute } from './directory.ts'
import type { Intake, Payload } from './intake.ts'

/** Takes devices' answers to commands: the first to each stands; what answers none is quarantined. */
export class CommandAnswers {
  readonly #store: CommandStore
  readonly #intake: Intake

  constructor(store: CommandStore, intake: Intake) {
    this.#store = store
    this.#intake = intake
  }

  /**
   * @param stored called when it is kept, in the bucket or in quarantine
   * @returns bytes that are kept until then
   */
  store(route: AnswerRoute, sent: Payload, receivedAt: number, stored: () => void): number {
    const answer = decodeCommandAnswer(sent.payload, sent.payloadBytes)
    if ('bad' in answer) {
      return this.#intake.store(route, this.#intake.count(answer), sent, receivedAt, 'message', stored)
    }
    void this.#keep(route, answer, sent, receivedAt, stored)
    return sent.payload.length
  }

  async #keep(
    route: AnswerRoute,
    { id, ...said }: CommandAnswer,
    sent: Payload,
    receivedAt: number,
    stored: () => void,
  ): Promise<void> {
    const answer = { at: receivedAt, ...said }
    const kept = await this.#store.change(commandKey(route.deviceId, id), (command) =>
      command.answer === undefined ? { ...command, deliveredAt: command.deliveredAt ?? receivedAt, answer } : undefined,
    )
    if (kept !== 'gone') return stored()
    const unknown = undecodable('schema', `this device has no command ${id}`, 'id')
    this.#intake.store(route, this.#intake.count(unknown), sent, receivedAt, 'message', stored)
  }
}
