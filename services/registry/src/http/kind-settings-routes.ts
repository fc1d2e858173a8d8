import { openBucket } from '@lifeline/bus'
import { buckets, kindSchema, ruleSettingsSchema, shadowKey } from '@lifeline/contracts'
import { CandidateError, effectiveSettings, readCandidate } from '@lifeline/rules'
import { z } from 'zod'
import { recordAct } from '../audit/audit.ts'
import { EquipmentRefusedError } from '../equipment/equipment-refused.ts'
import { changeKindSettings, readKindSettings } from '../equipment/kind-settings.ts'
import { actorOf } from './actor.ts'
import { refusalsAsProblems } from './refusals-as-problems.ts'
import type { RegistryParts } from './registry-api.ts'

const kindParams = z.object({ kind: kindSchema })
const path = '/api/v1/rules/settings/:kind'
const tags = ['settings']
const candidateSchema = z.partialRecord(kindSchema, ruleSettingsSchema)
const shadowPath = '/api/v1/rules/shadow'
const roles = ['supervisor', 'administrator'] as const

/** Settings for all machines of a kind, and the candidate that the engines try beside those in force. */
export function kindSettingsRoutes({ http, db, bus, publisher }: RegistryParts): void {
  http.get(
    path,
    {
      schema: {
        summary: 'Settings of a kind in force',
        tags,
        params: kindParams,
        response: { 200: ruleSettingsSchema },
      },
    },
    async ({ params: { kind } }) => effectiveSettings({ kind, settings: (await readKindSettings(db))[kind] }),
  )

  http.put(
    path,
    {
      schema: {
        summary: 'Change some settings of all machines of a kind; answers all in force',
        tags,
        params: kindParams,
        body: ruleSettingsSchema,
        response: { 200: ruleSettingsSchema },
      },
      config: { roles: [...roles] },
    },
    async ({ params: { kind }, body, user }) => {
      const settings = await refusalsAsProblems(() => changeKindSettings(db, kind, body, actorOf(user)))
      await publisher.changed()
      return effectiveSettings({ kind, settings })
    },
  )

  http.get(
    shadowPath,
    { schema: { summary: 'The candidate that is tried in shadow', tags, response: { 200: candidateSchema } } },
    async () => {
      const entry = await (await openBucket(bus, buckets.shadow)).get(shadowKey)
      return entry?.operation === 'PUT' ? readCandidate(entry.json()) : {}
    },
  )

  http.put(
    shadowPath,
    {
      schema: {
        summary: 'Try a candidate beside the settings in force, paging nobody; an empty one ends the trial',
        tags,
        body: candidateSchema,
        response: { 200: candidateSchema },
      },
      config: { roles: [...roles] },
    },
    async ({ body, user }) => {
      const candidate = await refusalsAsProblems(async () => candidateOf(body))
      await recordAct(db, actorOf(user), 'settings.tried', shadowKey, { candidate })
      await (await openBucket(bus, buckets.shadow)).put(shadowKey, JSON.stringify(candidate))
      return candidate
    },
  )
}

function candidateOf(body: unknown) {
  try {
    return readCandidate(body)
  } catch (error) {
    throw error instanceof CandidateError ? new EquipmentRefusedError([...error.violations]) : error
  }
}
