import type { EquipmentOf } from '@lifeline/contracts'
import type { ReportingProfile } from '@lifeline/simulator-physics'

/**
 * How a lift of these parameters reports: usual parts of monitoring boxes, and how they err. Where no data sheet is
 * named the figure is our estimate of a part in daily use.
 */
export function elevatorReporting(parameters: EquipmentOf<'elevator'>['parameters']): ReportingProfile {
  const { ratedLoad, travel, floors } = parameters
  return {
    gauges: {
      // Absolute encoders resolve 1 mm; what the tape or rope under them stretches wanders by a centimetre.
      position: { noise: 0.003, drift: 0.01, driftHours: 6, decimals: 3 },
      // From the encoder: still at rest, half a percent on the way.
      speed: { noise: 0.004, share: 0.005, decimals: 3 },
      // Load cells under the car or at the rope ends: 1 % of rated load, the zero wanders with rope and temperature.
      load: { noise: 0.01 * ratedLoad, drift: 0.015 * ratedLoad, scale: 0.01, driftHours: 48, decimals: 0 },
    },
    contacts: {
      // A contact in daily use misreads once in some days, one about to be changed several times a day.
      door: { perDay: 0.5, shows: { closed: 'open', open: 'closing', opening: 'open', closing: 'open' } },
      inDoorZone: { perDay: 0.5, shows: { true: false, false: true } },
      safetyChain: { perDay: 0.2, shows: { closed: 'open', open: 'closed' } },
      power: { perDay: 0.05, shows: { mains: 'off' } },
    },
    // Passive infrared and radar see motion: whoever stands still is lost for moments.
    detector: { stillSeconds: 8, losesEverySeconds: 25, lostSeconds: 1.5, ghostsPerDay: 0.5 },
    link: {
      // Mobile network: a frame in five hundred is lost or overtaken, a round trip of some 0.1 s.
      loss: 0.002,
      doubled: 0.002,
      heldUp: 0.002,
      heldUpSeconds: 3,
      leastLatencyMs: 30,
      latencyMs: 80,
      // A cell that is left, a modem that registers anew: some seconds, seldom minutes.
      outagesPerDay: 2,
      outageSeconds: 12,
      buffered: 0.5,
    },
    // Wrong by some storeys: less is no more than a slipping rope.
    stuck: { field: 'position', by: Math.min(travel / 2, (2.5 * travel) / (floors - 1)) },
    implausible: { field: 'position', value: 9_999 },
  }
}
