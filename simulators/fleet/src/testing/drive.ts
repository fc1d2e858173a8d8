import type { ScriptedAction } from '../demo-scenario.ts'
import { DrivenDevice } from '../driven-device.ts'
import { createMachine } from '../machine.ts'
import type { RegisteredDevice } from '../registry-client.ts'
import type { SentFrame } from './incidents-of.ts'

export interface Drive {
  readonly sent: SentFrame[]
  readonly driven: readonly DrivenDevice[]
}

/** Drives the devices for `ms` as the fleet does, without waiting. */
export function drive(
  devices: readonly RegisteredDevice[],
  seed: string,
  startTime: number,
  ms: number,
  script: readonly ScriptedAction[] = [],
): Drive {
  const driven = devices.map((device) => {
    const own = script.filter(({ deviceId }) => deviceId === device.deviceId)
    return new DrivenDevice(device, createMachine(device, devices, seed, startTime - 120_000), startTime, own)
  })
  const sent: SentFrame[] = []
  for (let time = startTime; time <= startTime + ms; time += 250) {
    for (const one of driven) {
      for (const frame of one.advance(time).frames) sent.push({ deviceId: one.device.deviceId, frame })
    }
  }
  return { sent, driven }
}
