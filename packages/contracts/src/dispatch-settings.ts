import { z } from 'zod'

const seconds = (fallback: number, says: string) =>
  z.number().positive().max(86_400).default(fallback).describe(`s. ${says}`)

/**
 * What the desk goes by; every description ends with where the default comes from (domain.md §5.1, §5.3). "Practice"
 * is no rule's number: check it.
 */
export const dispatchSettingsSchema = z.object({
  acceptSeconds: seconds(180, 'A unit accepts within. Source: 3-minute response KPI (Jinan, Shantou)'),
  arriveSeconds: seconds(1800, 'On the scene within, in the built-up area. Source: city rules, 30 min'),
  arriveSecondsRural: seconds(3600, 'On the scene within, elsewhere. Source: city rules, TSG T5002-2017, 1 h'),
  ackSeconds: seconds(
    60,
    'A person at the desk acts on a new case of life safety within, else the supervisor is told; where nobody is left to escalate to, and for a call-back that is overdue, the desk is reminded every so often. Source: practice',
  ),
  callBackSeconds: seconds(300, 'The trapped are called back every so often. Source: practice, 5 min'),
  stationsAsked: z
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe(
      'stations. So many of the nearest are asked at once at level 2; the first to accept has the case. Source: practice',
    ),
  severalTrapped: z
    .int()
    .min(2)
    .max(100)
    .default(3)
    .describe('people. From so many on a case has the highest priority. Source: above the 1.25–2.45 freed per rescue'),
  travelDetour: z
    .number()
    .min(1)
    .max(5)
    .default(1.4)
    .describe('× the straight distance: how much longer streets are. Source: practice'),
  travelSpeedUrban: z
    .number()
    .positive()
    .max(150)
    .default(25)
    .describe('km/h on the way to a call in the built-up area. Source: practice'),
  travelSpeedRural: z.number().positive().max(150).default(40).describe('km/h elsewhere. Source: practice'),
})
export type DispatchSettings = z.infer<typeof dispatchSettingsSchema>
