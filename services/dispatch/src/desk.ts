import { randomUUID } from 'node:crypto'
import type { IncidentEvent, Report, RescueCase } from '@lifeline/contracts'
import { notFound, ProblemError } from '@lifeline/service-kit'
import { type Actor, isAtDesk, sees, sightOf } from './access.ts'
import type { Directory } from './directory.ts'
import { present } from './present.ts'
import { problemOf } from './problem-of.ts'
import { reportedDevice } from './reported-device.ts'
import { ActionRefused, invalid } from './rescue/action-refused.ts'
import type { DeskCase } from './rescue/desk-case.ts'
import { deviceOf, unknownDevice } from './rescue/device.ts'
import { merge, split } from './rescue/merging.ts'
import { act, type CaseAction, link, type PersonAction } from './rescue/person-action.ts'
import { type Place, rosterOf } from './rescue/rescue-level.ts'
import type { Context, Step } from './rescue/step.ts'
import { takeIncident, takeReport } from './rescue/take-incident.ts'
import { dueAt, takeDue, tend } from './rescue/tend.ts'
import { findCase } from './store/case-query.ts'
import { caseIdOf, lockBoth, lockCase, lockCasesOf, lockDevice, lockDue } from './store/case-store.ts'
import { saveStep } from './store/save-step.ts'
import { currentSettings } from './store/settings-store.ts'
import { unitsOffDuty } from './store/shift-store.ts'
import type { Db, Tx } from './store/tables.ts'

export interface DeskOptions {
  readonly db: Db
  readonly directory: Directory
  /** ms since the Unix epoch. */
  readonly now: () => number
  /** Told of every step once it is committed. */
  readonly onStep: (step: Step) => void
}

/** What was decided, and the incidents that the last of its cases stands for from then on. */
interface Decision {
  readonly steps: readonly Step[]
  readonly context: Context
  readonly claims?: readonly string[]
}

/** Makes the desk's decisions, each in one transaction on locked cases. */
export class Desk {
  readonly #db: Db
  readonly #directory: Directory
  readonly #now: () => number
  readonly #onStep: (step: Step) => void

  constructor({ db, directory, now, onStep }: DeskOptions) {
    this.#db = db
    this.#directory = directory
    this.#now = now
    this.#onStep = onStep
  }

  /** Takes in the engine's word. Returns once it is kept; the same word again, or an older one, changes nothing. */
  async takeIncident(event: IncidentEvent): Promise<void> {
    const { incidentId, deviceId } = event.data
    await this.#commit(async (tx) => {
      await lockDevice(tx, deviceId)
      const { known, open } = await lockCasesOf(tx, deviceId, incidentId)
      const equipment = this.#directory.equipment(deviceId)
      const device = equipment === undefined ? unknownDevice(event.data) : deviceOf(equipment)
      const context = await this.#context(tx, 'engine', equipment ?? {})
      const step = takeIncident(known, open, event, { id: randomUUID(), device }, context)
      return step && { steps: [await this.#underParent(tx, step, event, context)], context, claims: [incidentId] }
    })
  }

  /**
   * Takes a caller's report.
   * @returns the case it belongs to, and whether the report opened it
   * @throws ProblemError 404 or 422 as `reportedDevice` does, 503 while the devices are not known yet
   */
  async takeReport(report: Report, user: Actor): Promise<{ readonly opened: boolean; readonly view: RescueCase }> {
    this.#needDirectory()
    const equipment = reportedDevice(this.#directory, report)
    const id = randomUUID()
    let caseId: string = id
    await this.#commit(async (tx) => {
      await lockDevice(tx, equipment.deviceId)
      const { open } = await lockCasesOf(tx, equipment.deviceId)
      const context = await this.#context(tx, user.name, equipment, isAtDesk(user))
      const step = takeReport(open, report, { id, device: deviceOf(equipment) }, context)
      caseId = step.rescue.id
      return { steps: [step], context }
    })
    return { opened: caseId === id, view: await this.#view(caseId) }
  }

  /**
   * Does with a case what a person wants done.
   * @param id of the case, or of an incident that it stands for
   * @param once asked with the case locked; false: this was done already, and nothing is done again
   * @returns the case after it
   * @throws ProblemError 404, 403 for another unit's case, 409 or 422 as `act` refuses, 503 as for a report
   */
  async act(id: string, command: PersonAction, user: Actor, once?: (tx: Tx) => Promise<boolean>): Promise<RescueCase> {
    this.#needDirectory()
    const caseId = await this.#decide(id, command, user, once).catch((error: unknown) => {
      throw error instanceof ActionRefused ? problemOf(error) : error
    })
    return this.#view(caseId)
  }

  /** @returns the id of the case that the action was done with */
  async #decide(
    id: string,
    command: PersonAction,
    user: Actor,
    once: (tx: Tx) => Promise<boolean> = async () => true,
  ): Promise<string> {
    let caseId: string = id
    await this.#commit(async (tx) => {
      const intoId = command.action === 'merge' ? command.body.intoId : undefined
      const [rescue, into] = intoId === undefined ? [await lockCase(tx, id)] : await lockBoth(tx, id, intoId)
      if (rescue === undefined) throw notFound(`no incident ${id}`)
      if (!sees(sightOf(user), rescue)) throw notYours(id)
      caseId = rescue.id
      if (!(await once(tx))) return undefined
      const place = this.#placeOf(into ?? rescue)
      const context = {
        ...(await this.#context(tx, user.name, place, isAtDesk(user))),
        ...present({ unitId: user.unitId }),
      }
      if (command.action === 'merge') {
        if (into === undefined) throw invalid('intoId', `no incident ${command.body.intoId}`)
        return { ...merge(rescue, into, context), context }
      }
      if (command.action === 'split') {
        return { ...split(rescue, command.body.incidentIds, randomUUID(), context), context }
      }
      const resolved = command.action === 'link' ? await this.#withParent(tx, rescue, command) : command
      const step = act(rescue, resolved, context)
      return step && { steps: [step], context }
    })
    return caseId
  }

  /** Ids of the cases whose clock is due, the longest overdue first. */
  async due(): Promise<string[]> {
    const query = this.#db.selectFrom('cases').select('id').where('due_at', '<=', this.#now()).orderBy('due_at')
    return (await query.execute()).map(({ id }) => id)
  }

  /** When the next clock is due, ms; undefined while none runs. */
  async nextDueAt(): Promise<number | undefined> {
    const query = this.#db
      .selectFrom('cases')
      .select('due_at')
      .where('due_at', 'is not', null)
      .orderBy('due_at')
      .limit(1)
    return (await query.executeTakeFirst())?.due_at ?? undefined
  }

  /**
   * Takes the step that a case's clock asks for, if it is due and nobody else is at it.
   * @returns how late it was, ms; undefined where there was nothing to do
   */
  async expire(id: string): Promise<number | undefined> {
    let lateMs: number | undefined
    await this.#commit(async (tx) => {
      const rescue = await lockDue(tx, id, this.#now())
      if (rescue === undefined) return undefined
      const context = await this.#context(tx, 'system', this.#placeOf(rescue))
      const step = takeDue(rescue, context)
      if (step === undefined) return undefined
      lateMs = context.now - (dueAt(rescue) ?? context.now)
      return { steps: [step], context }
    })
    return lateMs
  }

  async #commit(decide: (tx: Tx) => Promise<Decision | undefined>): Promise<void> {
    const steps = await this.#db.transaction().execute(async (tx) => {
      const decided = await decide(tx)
      if (decided === undefined) return []
      const { steps, context, claims = [] } = decided
      const tended = steps.map((step) => tend(step, context))
      // The incidents are those of the step decided last.
      for (const [n, step] of tended.entries()) {
        await saveStep(tx, step, context.now, n === tended.length - 1 ? claims : [])
      }
      return tended
    })
    for (const step of steps) this.#onStep(step)
  }

  async #context(tx: Tx, by: string, place: Place, atDesk = false): Promise<Context> {
    const now = this.#now()
    const settings = await currentSettings(tx)
    const offDuty = await unitsOffDuty(tx, now)
    return { now, by, atDesk, settings, roster: rosterOf(place, this.#directory.units, { travel: settings, offDuty }) }
  }

  /** Where the device is now; what the case kept of it, where the registry has removed it meanwhile. */
  #placeOf({ deviceId, rural, maintenanceUnit }: DeskCase): Place {
    return this.#directory.equipment(deviceId) ?? { rural, ...present({ maintenanceUnit }) }
  }

  /** Links the case to that of the incident which the engine says it belongs to; a person's link is left alone. */
  async #underParent(tx: Tx, step: Step, { data }: IncidentEvent, context: Context): Promise<Step> {
    const { id, parentId } = step.rescue
    if (data.parentId === undefined || parentId !== undefined) return step
    const parent = await caseIdOf(tx, data.parentId)
    // Without a case of its own the parent is not known here yet, or is long gone.
    if (parent === data.parentId || parent === id) return step
    return link(step, parent, context) ?? step
  }

  async #withParent(tx: Tx, { id }: DeskCase, command: Extract<CaseAction, { action: 'link' }>): Promise<CaseAction> {
    const parentId = await caseIdOf(tx, command.body.parentId)
    const parent = await tx.selectFrom('cases').select('rescue').where('id', '=', parentId).executeTakeFirst()
    if (parent === undefined) throw invalid('parentId', `no incident ${command.body.parentId}`)
    if (parentId === id || parent.rescue.parentId === id) throw invalid('parentId', 'a case cannot be its own parent')
    return { ...command, body: { parentId } }
  }

  async #view(caseId: string): Promise<RescueCase> {
    const found = await findCase(this.#db, caseId)
    if (found === undefined) throw notFound(`no incident ${caseId}`)
    return found.view
  }

  #needDirectory(): void {
    if (this.#directory.complete) return
    throw new ProblemError(
      503,
      'Not ready',
      'the devices and units have not been read from the registry yet; try again',
    )
  }
}

export const notYours = (id: string): ProblemError =>
  new ProblemError(403, 'Not allowed', `incident ${id} is neither of your unit’s devices nor assigned to your unit`)
