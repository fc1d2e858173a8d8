import { faultCodeSchemes } from '@lifeline/contracts'
import { vendorCodes } from '../vendor-codes.ts'
import type { CodeTable } from './mapping-schema.ts'

/** The slug of a code in one scheme. Codes are compared as they are written: 08 is not 8. */
export type SlugOf = (code: unknown) => string | undefined

/** @param table the name of a scheme, or a vendor's own table */
export function compileCodes(table: CodeTable): SlugOf {
  const codes = typeof table === 'string' ? (vendorCodes[table] ?? faultCodeSchemes[table] ?? {}) : table
  const slugs = new Map(Object.entries(codes))
  return (code) => (typeof code === 'object' ? undefined : slugs.get(String(code)))
}
