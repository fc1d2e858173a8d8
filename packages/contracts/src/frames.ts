import { z } from 'zod'
import { epochMsSchema, type Kind } from './identifiers.ts'

/**
 * Telemetry frames in the native format. SI units; every field but `time` may be absent, and an absent field is
 * unknown, never its last value. Ranges are checked by the engine, not here: a finite number beyond the physical
 * range is stored and reported as `sensor_implausible`, only a wrong type is quarantined.
 */
const slug = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)
const common = {
  /** ms since the Unix epoch, device clock. */
  time: epochMsSchema,
  /** Unsigned counter of the device. */
  seq: z.int().min(0).optional(),
  /** Slugs of the faults active now. */
  faults: z.array(slug).max(64).optional(),
}
const number = z.number().optional()
const boolean = z.boolean().optional()
const integer = z.int().optional()

export const elevatorModes = [
  'normal',
  'inspection',
  'fire_recall',
  'firefighter',
  'emergency_power',
  'seismic',
  'out_of_service',
  'unknown',
] as const
export const carDoorStates = ['closed', 'opening', 'open', 'closing', 'obstructed', 'unknown'] as const
const powerSchema = z.enum(['mains', 'emergency', 'off']).optional()

export const elevatorFrameSchema = z.object({
  ...common,
  mode: z.enum(elevatorModes).optional(),
  /** Landing index. */
  floor: integer,
  /** m above the lowest landing. */
  position: number,
  /** m/s, up positive. */
  speed: number,
  door: z.enum(carDoorStates).optional(),
  /** Car within the unlocking zone of a landing (BACnet Car_Door_Zone). */
  inDoorZone: boolean,
  occupied: boolean,
  alarmButton: boolean,
  /** kg. */
  load: number,
  people: integer,
  power: powerSchema,
  safetyChain: z.enum(['closed', 'open']).optional(),
})

export const towerCraneFrameSchema = z.object({
  ...common,
  /** kg. */
  hookLoad: number,
  /** m. */
  radius: number,
  /** m above the site datum. */
  hookHeight: number,
  /** m along the rail. */
  travel: number,
  /** Degrees clockwise from north, 0 to 360. */
  slewAngle: number,
  falls: z.literal([2, 4]).optional(),
  /** m/s. */
  windSpeed: number,
  /** Degrees. */
  tiltX: number,
  tiltY: number,
  state: z.enum(['working', 'idle', 'erecting', 'out_of_service']).optional(),
  /** Operator card token, never an ID number. */
  operator: z.string().max(128).optional(),
})

export const hoistFrameSchema = z.object({
  ...common,
  windSpeed: number,
  tiltX: number,
  tiltY: number,
  operator: z.string().max(128).optional(),
  power: powerSchema,
  /** kg. */
  load: number,
  /** Driver included. */
  people: integer,
  /** m/s, up positive. */
  speed: number,
  /** m. */
  height: number,
  floor: integer,
  cageDoor: z.enum(['closed', 'open']).optional(),
  landingGate: z.enum(['closed', 'open']).optional(),
  topLimit: boolean,
  bottomLimit: boolean,
  safetyDevice: z.enum(['armed', 'tripped']).optional(),
  driveState: z.enum(['running', 'stopped']).optional(),
})

export type ElevatorFrame = z.infer<typeof elevatorFrameSchema>
export type TowerCraneFrame = z.infer<typeof towerCraneFrameSchema>
export type HoistFrame = z.infer<typeof hoistFrameSchema>

export type FrameOf<K extends Kind> = K extends 'elevator'
  ? ElevatorFrame
  : K extends 'tower-crane'
    ? TowerCraneFrame
    : HoistFrame
export type Frame = ElevatorFrame | TowerCraneFrame | HoistFrame

export const frameSchemas = {
  elevator: elevatorFrameSchema,
  'tower-crane': towerCraneFrameSchema,
  hoist: hoistFrameSchema,
} as const satisfies Record<Kind, z.ZodObject>

/** Most frames one payload may carry. */
export const maxFramesPerPayload = 500
/** Most bytes one payload may have. */
export const maxPayloadBytes = 256 * 1024
