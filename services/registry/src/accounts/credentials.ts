import type { Credential } from '@lifeline/contracts'
import type { Selectable } from 'kysely'
import { type Actor, recordAct } from '../audit/audit.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import type { CredentialTable } from '../database/tables.ts'
import { deviceSecret, hashSecret } from './secrets.ts'

/**
 * Gives a device, a gateway or a phone a new secret, which ends the old one, and keeps who did it.
 * @returns the secret, kept nowhere
 */
export async function issueCredential(db: RegistryDb, username: string, by: Actor): Promise<string> {
  const secret = deviceSecret()
  const { salt, secretHash } = hashSecret(secret)
  const row = { salt, secret_hash: secretHash, issued_at: by.at }
  await db.transaction().execute(async (transaction) => {
    const before = transaction.selectFrom('credentials').select('username').where('username', '=', username)
    const act = (await before.executeTakeFirst()) === undefined ? 'credential.issued' : 'credential.rotated'
    await transaction
      .insertInto('credentials')
      .values({ username, ...row })
      .onConflict((conflict) => conflict.column('username').doUpdateSet(row))
      .execute()
    await recordAct(transaction, by, act, username, {})
  })
  return secret
}

/**
 * Takes a secret away, and keeps who did it; certificates of that name count no more either.
 * @param db a transaction
 * @returns whether there was one
 */
export async function revokeCredential(db: RegistryDb, username: string, by: Actor): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('credentials')
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) return false
  await recordAct(db, by, 'credential.revoked', username, {})
  return true
}

/**
 * Some credentials, at least one, or all where none are named; one that does not exist is left out. A device may use its own
 * topics, a gateway those of its site's devices, a phone the one of its notices.
 */
export async function readCredentials(db: RegistryDb, usernames?: readonly string[]): Promise<Credential[]> {
  let ofDevices = db
    .selectFrom('credentials')
    .innerJoin('equipment', 'device_id', 'username')
    .select(['username', 'salt', 'secret_hash', 'issued_at', 'site_id'])
  let ofGateways = db
    .selectFrom('credentials')
    .innerJoin('gateways', 'id', 'username')
    .select(['username', 'salt', 'secret_hash', 'issued_at', 'site_id'])
  let ofPhones = db
    .selectFrom('credentials')
    .innerJoin('phones', 'id', 'username')
    .select(['username', 'salt', 'secret_hash', 'issued_at', 'unit_id'])
  if (usernames !== undefined) {
    ofDevices = ofDevices.where('username', 'in', usernames)
    ofGateways = ofGateways.where('username', 'in', usernames)
    ofPhones = ofPhones.where('username', 'in', usernames)
  }
  const [devices, gateways] = [await ofDevices.execute(), await ofGateways.execute()]
  const behind = await devicesBySite(
    db,
    gateways.map(({ site_id }) => site_id),
  )
  return [
    ...devices.map((row) => credentialOf(row, { siteId: row.site_id, devices: [row.username] })),
    ...gateways.map((row) => credentialOf(row, { siteId: row.site_id, devices: behind.get(row.site_id) ?? [] })),
    ...(await ofPhones.execute()).map((row) => credentialOf(row, { unitId: row.unit_id, devices: [] })),
  ]
}

const credentialOf = (
  row: Selectable<CredentialTable>,
  rights: Pick<Credential, 'siteId' | 'unitId' | 'devices'>,
): Credential => ({
  username: row.username,
  clientId: row.username,
  salt: row.salt,
  secretHash: row.secret_hash,
  ...rights,
  issuedAt: row.issued_at,
})

async function devicesBySite(db: RegistryDb, siteIds: readonly string[]): Promise<Map<string, string[]>> {
  if (siteIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('equipment')
    .select(['device_id', 'site_id'])
    .where('site_id', 'in', siteIds)
    .orderBy('device_id')
    .execute()
  const bySite = Map.groupBy(rows, ({ site_id }) => site_id)
  return new Map([...bySite].map(([siteId, devices]) => [siteId, devices.map(({ device_id }) => device_id)]))
}
