import type { Equipment, Frame, Kind } from '@lifeline/contracts'
import { createElevator } from '@lifeline/simulator-elevator'
import { createHoist } from '@lifeline/simulator-hoist'
import { createRandom, type Delivery, type Fault, type MotionState, Reporting } from '@lifeline/simulator-physics'
import { createTowerCrane } from '@lifeline/simulator-tower-crane'
import type { CranePose } from '../../../packages/rules/src/tower-crane/crane-pose.ts'
import { craneSector } from '../../../simulators/fleet/src/machine.ts'
import { isReportDue, reportPeriodMs } from '../../../simulators/fleet/src/report-schedule.ts'
import { reportingProfile } from '../../../simulators/fleet/src/reporting-profile.ts'
import type { BenchFault } from './fault-table.ts'
import type { TruePoses } from './true-course.ts'

/** A device looks at its machine so often, ms, as the fleet's devices do. */
const sampleMs = 250
const keptPoses = 20
const reportingFaults: ReadonlySet<string> = new Set(['sensor_stuck', 'sensor_implausible', 'clock_skew', 'offline'])

interface Machine {
  step(dtMs: number): void
  frame(): Frame
  inject(fault: never): void
  release(): void
  readonly quietUntil: number
  readonly truth: {
    readonly time: number
    readonly moving: boolean
    readonly fault?: Fault<string>
    /** Of cranes. */
    readonly slew?: MotionState
    readonly trolley?: MotionState
    readonly hook?: MotionState
  }
}

/** A machine with the sensors and the link through which it is heard, which passes over time with no news. */
export class BenchDevice {
  readonly equipment: Equipment
  readonly #machine: Machine
  readonly #reporting: Reporting<Frame>
  readonly #canCollide: boolean
  #time: number
  #sent: Frame | undefined
  readonly #poses: CranePose[] = []
  /** When to look at it next, ms since the Unix epoch. */
  nextAt: number

  constructor(equipment: Equipment, all: readonly Equipment[], seed: string, startTime: number) {
    const own = `${seed}/${equipment.deviceId}`
    // Most are in good order, few are worn.
    const wear = createRandom(`wear ${own}`).next() ** 2
    this.equipment = equipment
    this.#machine = machineOf(equipment, all, own, startTime, wear)
    this.#reporting = new Reporting<Frame>({ profile: reportingProfile(equipment), seed: own, startTime, wear })
    this.#canCollide = tallerNeighbour(equipment, all) !== undefined
    this.#time = startTime
    this.nextAt = startTime
  }

  get kind(): Kind {
    return this.equipment.kind
  }

  /** Whether its jib can reach the mast of a taller neighbour. */
  get canCollide(): boolean {
    return this.#canCollide
  }

  get moving(): boolean {
    return this.#machine.truth.moving
  }

  /** Of a crane: where it truly was at the last looks. */
  get truePoses(): TruePoses {
    return this.#poses
  }

  /** What is really wrong. */
  get fault(): Fault<string> | undefined {
    return this.#machine.truth.fault ?? this.#reporting.fault
  }

  /** The link's outage that is, was last or comes next. */
  get outage(): { readonly since: number; readonly until: number } {
    return this.#reporting.outage
  }

  inject(name: BenchFault['name']): void {
    if (reportingFaults.has(name)) this.#reporting.inject(name as Parameters<Reporting<Frame>['inject']>[0])
    else this.#machine.inject(name as never)
    this.nextAt = this.#time + sampleMs
  }

  release(): void {
    this.#machine.release()
    this.#reporting.release()
    this.nextAt = this.#time + sampleMs
  }

  /** Lets time go by up to `time`, ms since the Unix epoch, and looks: what it sends then, as it will arrive. */
  look(time: number): readonly Delivery<Frame>[] {
    this.#machine.step(time - this.#time)
    this.#time = time
    if (this.kind === 'tower-crane') this.#notePose()
    const truth = this.#machine.frame()
    const frame = this.#reporting.switches(truth)
    const due = isReportDue(this.equipment, frame, this.#sent)
    if (due) this.#sent = frame
    const deliveries = due ? this.#reporting.send(frame) : []
    this.nextAt = time + sampleMs
    const news = (this.#sent?.time ?? time) + reportPeriodMs(this.equipment, frame)
    const quiet = Math.min(this.#machine.quietUntil, this.#reporting.nextChangeAt, news)
    if (quiet > this.nextAt && !flickered(truth, frame)) {
      this.nextAt = time + Math.ceil((quiet - time) / sampleMs) * sampleMs
    }
    return deliveries
  }

  #notePose(): void {
    const { slew, trolley, hook } = this.#machine.truth
    if (slew === undefined || trolley === undefined || hook === undefined) return
    const time = this.#time
    const base = { time, slewAngle: slew.position, radius: trolley.position, hookHeight: hook.position }
    const rates = { slewRate: slew.speed, radiusRate: trolley.speed, hookRate: hook.speed }
    this.#poses.push({ at: time, ...base, ...rates, leapt: false, base })
    if (this.#poses.length > keptPoses) this.#poses.shift()
  }
}

/** A wrong reading of a switch is over with the next one. */
function flickered(truth: Frame, frame: Frame): boolean {
  const [was, is] = [truth, frame] as unknown as readonly Record<string, unknown>[]
  for (const field in was) if (field !== 'faults' && was[field] !== is?.[field]) return true
  return false
}

function machineOf(
  equipment: Equipment,
  all: readonly Equipment[],
  seed: string,
  startTime: number,
  wear: number,
): Machine {
  const [operator] = equipment.operators
  const common = { seed, startTime, wear, ...(operator === undefined ? {} : { operator }) }
  switch (equipment.kind) {
    case 'elevator':
      return createElevator({ ...common, parameters: equipment.parameters })
    case 'hoist':
      return createHoist({ ...common, parameters: equipment.parameters })
    case 'tower-crane': {
      const { parameters } = equipment
      const sector = craneSector(equipment, all)
      if (sector === undefined) throw new Error(`${equipment.deviceId} has no room to work: place it elsewhere`)
      const taller = tallerNeighbour(equipment, all)
      return createTowerCrane({
        ...common,
        parameters,
        sector,
        ...(taller === undefined ? {} : { neighbour: taller.position }),
      })
    }
  }
}

/** The crane whose mast a crane's jib can hit: only a lower jib can. */
function tallerNeighbour(equipment: Equipment, all: readonly Equipment[]) {
  if (equipment.kind !== 'tower-crane') return undefined
  const { jibHeight } = equipment.parameters
  for (const other of all) {
    if (other.kind === 'tower-crane' && other.parameters.jibHeight > jibHeight) return other.parameters
  }
  return undefined
}
