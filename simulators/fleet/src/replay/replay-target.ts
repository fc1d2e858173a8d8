import type { Credentials } from '../credentials.ts'
import type { RegisteredDevice } from '../registry-client.ts'
import { misfit } from './fit.ts'
import type { Recording } from './recording.ts'

/** Thrown where no registered device can play a recording: says why, or why the chosen one cannot. */
export class NoReplayTarget extends Error {
  readonly code = 'NO_REPLAY_TARGET'
  override readonly name = 'NoReplayTarget'
}

/** A device and the sign-in it is spoken for with. */
export interface ReplayTarget {
  readonly device: RegisteredDevice
  readonly signIn: Credentials['devices'][number]
}

export interface TargetQuery {
  readonly recording: Recording
  /** Only this one. */
  readonly deviceId?: string
  /** ms since the Unix epoch: one that was heard after it would not be judged anew. */
  readonly unheardSince?: number
  /** Devices with an open case, which new incidents would only join: not chosen where there is a choice. */
  readonly openCases?: ReadonlySet<string>
}

/** The first registered device that can play a recording. @throws NoReplayTarget */
export function replayTarget(
  devices: readonly RegisteredDevice[],
  credentials: Pick<Credentials, 'devices'>,
  { recording, deviceId, unheardSince, openCases = new Set() }: TargetQuery,
): ReplayTarget {
  const reasons: string[] = []
  const candidates = devices.filter((device) =>
    deviceId === undefined
      ? device.kind === recording.kind && !openCases.has(device.deviceId)
      : device.deviceId === deviceId,
  )
  for (const device of candidates) {
    const signIn = credentials.devices.find((candidate) => candidate.deviceId === device.deviceId)
    const reason =
      signIn === undefined
        ? 'its sign-in is not in the credentials'
        : (misfit(recording, device) ?? heardMeanwhile(device, unheardSince))
    if (signIn !== undefined && reason === undefined) return { device, signIn }
    reasons.push(`${device.deviceId}: ${reason}`)
  }
  if (deviceId !== undefined) throw new NoReplayTarget(reasons[0] ?? `${deviceId} is not registered`)
  const some = reasons.slice(0, 3).join('; ')
  throw new NoReplayTarget(
    `none of ${candidates.length} devices of that kind without an open case can play it: ${some}${reasons.length > 3 ? '; …' : ''}`,
  )
}

function heardMeanwhile({ lastSeenAt }: RegisteredDevice, unheardSince: number | undefined): string | undefined {
  if (unheardSince === undefined || lastSeenAt === undefined || lastSeenAt < unheardSince) return undefined
  return `it was heard at ${new Date(lastSeenAt).toISOString()}, after the recording would begin; replay at speed 1, or start without simulators`
}
