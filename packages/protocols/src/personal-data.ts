/**
 * Field names, in capitals or not, under which formats carry who somebody is, and those under which secrets are sent by
 * mistake; a mapping may name further ones. `operator` is the native format's card token.
 */
const personalNames = [
  'operator',
  'Name',
  'IdNo',
  'driverName',
  'driverId',
  'driver_id_code',
  'operatorName',
  'icNum',
  'cardNum',
  'userName',
  'workerName',
  'CardNo',
  'CardId',
  'idCard',
  'idCardNo',
  'idNumber',
  'driver_name',
  'id_no',
  'id_card',
  'phone',
  'phoneNo',
  'phoneNumber',
  'mobile',
  'tel',
  'telephone',
  'password',
  'secret',
  'token',
  'authorization',
] as const

/** A resident identity number (GB 11643-1999): area, date of birth, serial, check character. */
const identityNumber = /(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g

const jsonValue = String.raw`"(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|\{[^}]*\}?|[^,}\]\s]+`
const namedValue = (names: readonly string[]): RegExp =>
  new RegExp(`("(?:${names.map((name) => name.replaceAll(/\W/g, '\\$&')).join('|')})"\\s*:\\s*)(${jsonValue})`, 'gi')
const knownNamedValue = namedValue(personalNames)

const stars = (text: string): string => '*'.repeat(text.length)

/**
 * The bytes of a payload that is not understood, with what may be personal in it starred out, byte for byte: the
 * values of fields that hold it, whether or not the JSON around them is well-formed, and identity numbers anywhere.
 * @param names further names of fields
 */
export function withoutPersonalData(bytes: Buffer, names: readonly string[] = []): Buffer {
  const text = bytes.toString('latin1')
  // Names are compared as bytes, so one beyond ASCII is as well.
  const further = names.map((name) => Buffer.from(name).toString('latin1'))
  const mask = (_: string, head: string, value: string): string =>
    value.startsWith('"')
      ? `${head}"${stars(value.slice(1, -1))}${value.at(-1) === '"' ? '"' : '*'}`
      : head + stars(value)
  let masked = text.replace(knownNamedValue, mask)
  if (further.length > 0) masked = masked.replace(namedValue(further), mask)
  masked = masked.replace(identityNumber, stars)
  return masked === text ? bytes : Buffer.from(masked, 'latin1')
}

/** A text of somebody's own words without the identity numbers in it. */
export const withoutIdentityNumbers = (text: string): string => text.replace(identityNumber, stars)

/** Of bytes that are no whole frame: runs of six and more ASCII digits, which may be a part of a number of somebody. */
export function withoutDigitRuns(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  return Buffer.from(text.replace(/\d{6,}[Xx]?/g, stars), 'latin1')
}

/** Makes of what tells a person apart something that still does, but does not say who. */
export type Pseudonym = (token: string) => string
