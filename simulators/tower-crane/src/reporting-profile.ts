import type { EquipmentOf } from '@lifeline/contracts'
import type { ReportingProfile } from '@lifeline/simulator-physics'

/**
 * How a crane of these parameters reports: the sensors of usual black boxes, and how they err. Where no document is
 * named the figure is our estimate of a part in daily use.
 */
export function towerCraneReporting({ maxLoad }: EquipmentOf<'tower-crane'>['parameters']): ReportingProfile {
  return {
    gauges: {
      // A pin or ring cell. All of it together must show within 5 % (GB 5144, GB/T 28264): three deviations here.
      hookLoad: { noise: 0.002 * maxLoad, share: 0.003, scale: 0.013, driftHours: 48, decimals: 0 },
      // Encoders on the drums: the rope stretches and lies in layers.
      radius: { noise: 0.03, drift: 0.08, driftHours: 12, least: 0, decimals: 2 },
      hookHeight: { noise: 0.04, drift: 0.1, driftHours: 12, decimals: 2 },
      // A pinion in the slew ring has play; its zero slips slowly.
      slewAngle: { noise: 0.1, drift: 0.4, driftHours: 24, decimals: 2 },
      // Cup anemometers show within 0.3 m/s and 3 %.
      windSpeed: { noise: 0.1, share: 0.01, scale: 0.02, driftHours: 200, least: 0, decimals: 2 },
      // Two-axis MEMS inclinometers: 0.01 degrees of noise, a zero that wanders by some hundredths with the sun.
      tiltX: { noise: 0.01, drift: 0.02, driftHours: 8, decimals: 3 },
      tiltY: { noise: 0.01, drift: 0.02, driftHours: 8, decimals: 3 },
    },
    contacts: {},
    link: {
      loss: 0.002,
      doubled: 0.002,
      heldUp: 0.002,
      heldUpSeconds: 3,
      leastLatencyMs: 30,
      latencyMs: 80,
      // High up there is free sight to the next cell, but the box is switched off and on with the crane's mains.
      outagesPerDay: 2,
      outageSeconds: 8,
      buffered: 0.5,
    },
    implausible: { field: 'windSpeed', value: 999 },
  }
}
