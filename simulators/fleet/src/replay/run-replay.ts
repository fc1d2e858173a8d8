import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Credentials } from '../credentials.ts'
import { DeviceLink } from '../device-link.ts'
import { requestHandover } from '../handover.ts'
import { craneSector } from '../machine.ts'
import type { RegisteredDevice } from '../registry-client.ts'
import { paceOf, sendPaced } from './pace.ts'
import { readRecording } from './read-recording.ts'
import { framesOf } from './replay-frames.ts'
import { replayTarget } from './replay-target.ts'

export interface ReplayRun {
  readonly file: string
  /** See `paceOf`. */
  readonly speed: number
  readonly entrap: boolean
  /** Default: the first device that could have done what was recorded. */
  readonly deviceId?: string
  readonly mqttUrl: string
  readonly credentials: Credentials
  readonly devices: readonly RegisteredDevice[]
  /** See `TargetQuery`. */
  readonly openCases?: ReadonlySet<string>
  /** Where a running fleet is asked to be silent for the device. */
  readonly handoverPath: string
  readonly logger: Logger
  /** Hears, before the first frame, what will be sent. */
  readonly begins: (plan: ReplayPlan) => void
  readonly signal: AbortSignal
}

export interface ReplayPlan {
  readonly deviceId: string
  readonly frames: number
  /** Of the recording, and for how long it is sent, ms. */
  readonly durationMs: number
  readonly sendMs: number
  /** Time of the first frame, ms since the Unix epoch. */
  readonly startTime: number
}

export interface ReplayResult extends ReplayPlan {
  readonly acknowledged: number
  /** Notices on the device's error topic. */
  readonly refused: number
}

const connectMs = 15_000
const ackMs = 15_000

/**
 * Speaks for a device with a recording, over MQTT as the device itself would. A running fleet is silent for it
 * meanwhile.
 * @throws RecordingError, NoReplayTarget, HandoverRefused, or Error where the gateway does not take it
 */
export async function runReplay(run: ReplayRun): Promise<ReplayResult> {
  const { speed, entrap, credentials, devices, signal } = run
  const recording = readRecording(run.file)
  const durationMs = framesOf(recording, { startTime: 0, entrap }).at(-1)?.frame.time ?? 0
  const { device, signIn } = replayTarget(devices, credentials, {
    recording,
    ...(run.openCases === undefined ? {} : { openCases: run.openCases }),
    ...(run.deviceId === undefined ? {} : { deviceId: run.deviceId }),
    ...(speed === 1 ? {} : { unheardSince: paceOf(speed, durationMs, Date.now()).startTime }),
  })
  const crane = device.kind === 'tower-crane' ? { crane: { device, sector: craneSector(device, devices) } } : {}

  const giveBack = await requestHandover(run.handoverPath, device.deviceId)
  const { username, password } = signIn
  const { mqttUrl: url, logger } = run
  const link = new DeviceLink({ url, clientId: device.deviceId, username, password, devices: [device], logger })
  try {
    link.start()
    await link.whenConnected(connectMs)
    const pace = paceOf(speed, durationMs, Date.now())
    const frames = framesOf(recording, { startTime: pace.startTime, entrap, ...crane })
    const plan = {
      deviceId: device.deviceId,
      frames: frames.length,
      durationMs,
      sendMs: durationMs / speed,
      startTime: pace.startTime,
    }
    run.begins(plan)
    const sent: Promise<void>[] = []
    await sendPaced(frames, pace, ({ frame }) => sent.push(link.send(device, frame)), signal)
    await Promise.race([Promise.all(sent), tooLate()])
    const { acknowledged, refused } = link.tally
    return { ...plan, acknowledged, refused }
  } finally {
    await link.stop()
    giveBack?.()
  }
}

async function tooLate(): Promise<never> {
  await delay(ackMs, undefined, { ref: false })
  throw new Error(`the last frames are not acknowledged after ${ackMs / 1_000} s`)
}
