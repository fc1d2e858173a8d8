import type { Kind, RuleName, RuleSettings } from '@lifeline/contracts'
import type { ApiClient, Page } from '../api/api-client.ts'

export interface RuleSetting {
  readonly name: string
  readonly default: number
  readonly unit: string
  readonly source: string
  readonly confidence: string
  readonly only?: 'lower' | 'higher'
  readonly range: readonly [least: number, most: number]
}

export interface RuleEntry {
  readonly rule: RuleName
  readonly kinds: readonly Kind[]
  readonly predicate: { readonly zh: string; readonly en: string }
  readonly settings: readonly RuleSetting[]
}

export async function readCatalogue(api: ApiClient): Promise<readonly RuleEntry[]> {
  return (await api.ask<Page<RuleEntry>>('GET', '/rules')).items
}

/** Whose settings: one device's, or those of a whole kind. */
export type SettingsOwner = { readonly deviceId: string } | { readonly kind: Kind }

const pathOf = (owner: SettingsOwner): string =>
  'deviceId' in owner ? `/devices/${encodeURIComponent(owner.deviceId)}/settings` : `/rules/settings/${owner.kind}`

/** All settings in force. */
export const readSettings = (api: ApiClient, owner: SettingsOwner): Promise<RuleSettings> =>
  api.ask('GET', pathOf(owner))

/** @returns all settings in force after it */
export const changeSettings = (api: ApiClient, owner: SettingsOwner, changes: RuleSettings): Promise<RuleSettings> =>
  api.ask('PUT', pathOf(owner), changes)
