import type { Insertable } from 'kysely'
import { hashPassword } from '../accounts/password-hash.ts'
import { deviceSecret, hashSecret, personPassword } from '../accounts/secrets.ts'
import type { CredentialTable, UserTable } from '../database/tables.ts'
import type { Credentials } from './credentials-file.ts'
import type { DemoUser } from './demo-users.ts'
import type { District } from './district.ts'

/** New random secrets for everybody: in clear for the file, hashed for the database. */
export interface NewCredentials {
  readonly clear: Credentials
  readonly credentials: Insertable<CredentialTable>[]
  readonly users: Insertable<UserTable>[]
}

export async function newCredentials(
  district: District,
  people: readonly DemoUser[],
  caFile: string | undefined,
): Promise<NewCredentials> {
  const { equipment } = district
  const issuedAt = Date.now()
  const users = people.map(({ name, role }) => ({ name, password: personPassword(), role }))
  const devices = equipment.map(({ deviceId, kind }) => ({
    deviceId,
    kind,
    username: deviceId,
    password: deviceSecret(),
  }))
  const gateways = district.gateways.map(({ id, siteId }) => ({
    gatewayId: id,
    siteId,
    username: id,
    password: deviceSecret(),
    devices: equipment.filter((device) => device.siteId === siteId).map(({ deviceId }) => deviceId),
  }))
  return {
    clear: { users, devices, gateways, mqtt: caFile === undefined ? {} : { caFile } },
    credentials: [...devices, ...gateways].map(({ username, password }) => {
      const { salt, secretHash } = hashSecret(password)
      return { username, salt, secret_hash: secretHash, issued_at: issuedAt }
    }),
    users: await Promise.all(
      people.map(async ({ name, role, unitId = null }, index) => ({
        name,
        role,
        unit_id: unitId,
        password_hash: await hashPassword(users[index]?.password ?? ''),
      })),
    ),
  }
}
