import { type Equipment, epochMsSchema, idSchema, type Kind, maySee } from '@lifeline/contracts'
import {
  InfluxError,
  readableFields,
  type TelemetryPoint,
  type TelemetryQuery,
  type TelemetryValue,
} from '@lifeline/history'
import { type HttpServer, notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'

const maxPoints = 2_000
const defaultRangeMs = 15 * 60_000

const timeSchema = z.coerce.number().pipe(epochMsSchema).optional()
const querySchema = z.object({
  field: z.string().optional().describe("One of the kind's fields."),
  from: timeSchema.describe('ms since the Unix epoch; 15 minutes before `to` where absent.'),
  to: timeSchema.describe('ms since the Unix epoch; now where absent.'),
})
const answerSchema = z.object({
  items: z.array(z.tuple([z.number(), z.union([z.number(), z.string(), z.boolean()])])),
})

export type RegisteredDevice = Pick<Equipment, 'kind' | 'maintenanceUnit'>

export interface TelemetrySource {
  /** What is registered of a device, undefined of any other. */
  deviceOf(deviceId: string): RegisteredDevice | undefined
  /** @throws InfluxError where the database is away */
  read(query: TelemetryQuery): Promise<TelemetryPoint[]>
}

/** `GET /api/v1/devices/{deviceId}/telemetry`: one field over time, oldest first, at most 2,000 points. */
export function addTelemetryRoute(http: HttpServer, source: TelemetrySource): void {
  http.get(
    '/api/v1/devices/:deviceId/telemetry',
    {
      schema: {
        tags: ['telemetry'],
        summary: 'One field of a device over time, oldest first, at most 2,000 points',
        description:
          'Of a longer range of numbers or booleans the lowest and the highest value of each part are given, so that no peak is lost; of texts the last.',
        params: z.object({ deviceId: idSchema }),
        querystring: querySchema,
        response: { 200: answerSchema },
      },
    },
    async ({ params: { deviceId }, query, user }) => {
      const device = source.deviceOf(deviceId)
      if (device === undefined || !maySee(user, device)) throw notFound(`no device ${deviceId}`)
      const { kind } = device
      const field = readableField(kind, query.field)
      const to = query.to ?? Date.now()
      const from = query.from ?? Math.max(0, to - defaultRangeMs)
      if (from > to) throw invalid('from', `${from} is after to, ${to}`)
      const points = await readOrProblem(source, { deviceId, kind, field, from, to, maxPoints })
      return { items: points.map(([time, value]): [number, TelemetryValue] => [time, value]) }
    },
  )
}

async function readOrProblem(source: TelemetrySource, query: TelemetryQuery): Promise<TelemetryPoint[]> {
  try {
    return await source.read(query)
  } catch (error) {
    if (error instanceof InfluxError) throw new ProblemError(503, 'History is out of reach', error.message)
    throw error
  }
}

function readableField(kind: Kind, field: string | undefined): string {
  const fields = Object.keys(readableFields(kind))
  if (field === undefined) throw invalid('field', `is needed, one of ${fields.join(', ')}`)
  if (!fields.includes(field))
    throw invalid('field', `${field} is no field of ${kind}; it is one of ${fields.join(', ')}`)
  return field
}

const invalid = (path: string, message: string): ProblemError =>
  new ProblemError(422, 'Invalid request', `${path}: ${message}`, [{ path, message }])
