import type { EquipmentOf } from '@lifeline/contracts'
import type { ReportingProfile } from '@lifeline/simulator-physics'

/**
 * How a hoist of these parameters reports: the sensors of usual recorders, and how they err. Where no document is
 * named the figure is our estimate of a part in daily use on a building site.
 */
export function hoistReporting({ ratedLoad }: EquipmentOf<'hoist'>['parameters']): ReportingProfile {
  return {
    gauges: {
      // A load pin at the drive: 0.5 % of rated load, and a zero and a scale that wander by one.
      load: { noise: 0.005 * ratedLoad, drift: 0.01 * ratedLoad, scale: 0.01, driftHours: 48, decimals: 0 },
      speed: { noise: 0.005, share: 0.01, decimals: 3 },
      // Counted teeth of the rack, set right at the ground.
      height: { noise: 0.01, drift: 0.03, driftHours: 12, decimals: 2 },
      windSpeed: { noise: 0.1, share: 0.01, scale: 0.02, driftHours: 200, least: 0, decimals: 2 },
      tiltX: { noise: 0.01, drift: 0.02, driftHours: 8, decimals: 3 },
      tiltY: { noise: 0.01, drift: 0.02, driftHours: 8, decimals: 3 },
    },
    contacts: {
      // Dust, rain and vibration: switches on a building site misread more often than in a lift shaft.
      cageDoor: { perDay: 1, shows: { closed: 'open', open: 'closed' } },
      landingGate: { perDay: 1, shows: { closed: 'open', open: 'closed' } },
      topLimit: { perDay: 0.1, shows: { false: true } },
      bottomLimit: { perDay: 0.1, shows: { false: true } },
      power: { perDay: 0.1, shows: { mains: 'off' } },
    },
    // A camera counts the people: it miscounts for a while those who stand close together.
    detector: { stillSeconds: 8, losesEverySeconds: 40, lostSeconds: 1.5, ghostsPerDay: 0.5 },
    link: {
      loss: 0.002,
      doubled: 0.002,
      heldUp: 0.002,
      heldUpSeconds: 3,
      leastLatencyMs: 30,
      latencyMs: 80,
      // In the building's core the cage loses the cell.
      outagesPerDay: 3,
      outageSeconds: 15,
      buffered: 0.5,
    },
    stuck: { field: 'height', by: 7 },
    implausible: { field: 'windSpeed', value: 999 },
  }
}
