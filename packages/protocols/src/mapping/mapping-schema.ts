import { faultCodeSchemes, frameSchemas, type Kind, kindSchema, kinds } from '@lifeline/contracts'
import { z } from 'zod'
import { vendorCodes } from '../vendor-codes.ts'
import { itemPathPattern } from './item-path.ts'
import { isTimeFormat, needsZone } from './time-format.ts'
import { isTimeZone } from './time-zone.ts'
import { isTopicPattern, namesIn } from './topic-pattern.ts'
import { unitsOf } from './unit.ts'

/** How the bytes become objects: JSON text, Sparkplug B, or frames named after the bytes that they start with. */
export const encodings = ['json', 'sparkplug-b', '7a7a', '7e7e', 'a55a'] as const
export type Encoding = (typeof encodings)[number]

const pathSchema = z
  .string()
  .regex(itemPathPattern, 'a path like a.b[0].c, ^.a for the whole payload, {a} for the topic')
const scalar = z.union([z.string(), z.number(), z.boolean()])
const shorthand = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (typeof value === 'string' ? { path: value } : value), schema)

/** Where a value comes from and what becomes of it, in this order. A path alone may be written as a string. */
const valueRule = z.strictObject({
  path: pathSchema.optional(),
  /** The value itself, where the vendor sends none. */
  value: scalar.optional(),
  /** Values by which the vendor says that it does not know. */
  none: z.array(scalar).optional(),
  /** One bit of a number or of a string of 0 and 1 (0 is the lowest, of a string the first): true or false from here on. */
  bit: z.int().min(0).max(63).optional(),
  /** The vendor's value -> ours; `*` for any other; null for "nothing". A value that is not listed is an error. */
  values: z.record(z.string(), scalar.nullable()).optional(),
  scale: z.number().optional(),
  offset: z.number().optional(),
  /** The unit it is sent in. */
  unit: z.string().optional(),
  /** Brought into 0 to this by adding or taking away whole turns. */
  wrap: z.number().positive().optional(),
})
export type ValueRule = z.infer<typeof valueRule>

/** A number whose sign stands elsewhere: speed without direction. */
const fieldRule = valueRule
  .extend({ times: shorthand(valueRule).optional() })
  .refine(({ path, value }) => (path === undefined) !== (value === undefined), 'either path or value')
export type FieldRule = z.infer<typeof fieldRule>

const timeFormat = z
  .string()
  .refine(isTimeFormat, 'ms, s, iso, or a pattern of YYYY YY MM DD hh mm ss SSS with at least a day')
/** A path alone may be written as a string; `received` where the vendor sends no time. */
const timeRule = z.preprocess(
  (value) => (typeof value === 'string' && value !== 'received' ? { path: value } : value),
  z.union([z.literal('received'), z.strictObject({ path: pathSchema, format: timeFormat.optional() })]),
)
export type TimeRule = z.infer<typeof timeRule>

const slug = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'a slug: a-z, 0-9, _')
const codeTable = z.union([
  z.string().refine((name) => Object.hasOwn({ ...vendorCodes, ...faultCodeSchemes }, name), 'no such code table'),
  z.record(z.string(), slug),
])
export type CodeTable = z.infer<typeof codeTable>

/** What is wrong now, as a list in the frame: a word of bits, a value, or an array of codes. */
const faultRule = z.union([
  z.strictObject({ path: pathSchema, bits: z.record(z.string().regex(/^\d+$/, 'the number of a bit'), slug) }),
  z.strictObject({ path: pathSchema, values: z.record(z.string(), slug.nullable()) }),
  z.strictObject({ path: pathSchema, codes: codeTable }),
])
export type FaultRule = z.infer<typeof faultRule>

/** A fault that is told by itself: latched with a start and an end that is empty as long as it lasts, or on and off. */
const eventRule = z
  .strictObject({
    each: pathSchema.optional(),
    code: pathSchema,
    codes: codeTable,
    start: timeRule.optional(),
    end: timeRule.optional(),
    time: timeRule.optional(),
    active: shorthand(fieldRule).optional(),
  })
  .refine(
    ({ start, end, time, active }) =>
      (start !== undefined && end !== undefined) !== (time !== undefined && active !== undefined),
    'either start and end (latched), or time and active',
  )
export type EventRule = z.infer<typeof eventRule>

/** What the messages are about; `registered` where the names of fields are those of each device's own kind. */
const mappedKind = z.union([kindSchema, z.literal('registered')])

const messageSchema = z.strictObject({
  topic: z.string().refine(isTopicPattern, 'a topic with {name} or + for a level and # for the rest').optional(),
  /** Taken only where each of these paths has one of these values. */
  when: z.record(pathSchema, z.union([scalar, z.array(scalar)])).optional(),
  kind: mappedKind.optional(),
  each: pathSchema.optional(),
  device: pathSchema.optional(),
  time: timeRule.optional(),
  frame: z.record(z.string(), shorthand(fieldRule)).optional(),
  faults: z.array(faultRule).optional(),
  events: z.array(eventRule).optional(),
  status: shorthand(fieldRule).optional(),
})
export type MessageMapping = z.infer<typeof messageSchema>

/**
 * How a vendor's messages are read. A message that no entry fits is quarantined; one whose entry says neither `frame`,
 * `events` nor `status` is let go.
 */
export const mappingSchema = z
  .strictObject({
    /** Where it was read: the vendor's document. */
    source: z.string().min(1),
    encoding: z.enum(encodings).default('json'),
    kind: mappedKind.optional(),
    /** The zone of the devices' clocks. */
    zone: z.string().refine(isTimeZone, 'a zone of the IANA database, as Asia/Shanghai').optional(),
    /** The format of times that say none of their own. */
    timeFormat: timeFormat.optional(),
    /** Where the vendor's id of the device stands. Absent: the account has one device. */
    device: pathSchema.optional(),
    /** Fields that say who somebody is: kept out of quarantine too. */
    personal: z.array(z.string().min(1)).default([]),
    /** Topic that answers go to, for encodings that have any. */
    reply: z
      .string()
      .refine((topic) => isTopicPattern(topic) && !/[+#]/.test(topic), 'a topic with {name}')
      .optional(),
    messages: z.array(messageSchema).min(1),
  })
  .superRefine((mapping, context) => {
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const { device } = mapping
    for (const [i, message] of mapping.messages.entries()) {
      const at = (...path: (string | number)[]) => ['messages', i, ...path]
      const kind = message.kind ?? mapping.kind
      if (kind === undefined) wrong(at('kind'), 'missing, here or for all messages')
      else {
        const own = kind === 'registered' ? kinds : [kind]
        const fields = own.flatMap((it) => Object.keys(frameSchemas[it].shape))
        for (const [field, rule] of Object.entries(message.frame ?? {})) {
          if (field === 'time' || field === 'faults') wrong(at('frame', field), `stands beside frame, not in it`)
          else if (!fields.includes(field))
            wrong(at('frame', field), `no field of ${own.join(', ')}: ${fields.join(', ')}`)
          else if (rule.unit !== undefined && !unitsOf(field).includes(rule.unit)) {
            const units = unitsOf(field)
            const may = units.length > 0 ? `one of ${units.join(', ')}` : 'none, it is no physical quantity'
            wrong(at('frame', field, 'unit'), `${rule.unit} is no unit of ${field}: ${may}`)
          }
          const may = own.flatMap((it) => wordsOf(it, field))
          for (const value of may.length > 0 ? [rule.value, ...Object.values(rule.values ?? {})] : []) {
            if (value === undefined || value === null || may.includes(value)) continue
            wrong(at('frame', field), `${JSON.stringify(value)} is no ${field}: one of ${may.join(', ')}`)
          }
        }
      }
      const framed = message.frame !== undefined || message.faults !== undefined
      const taken = framed || message.events !== undefined || message.status !== undefined
      for (const name of taken && message.topic !== undefined ? topicNamesUsed({ device, ...message }) : []) {
        if (!namesIn(message.topic ?? '').includes(name)) wrong(at('topic'), `it names no {${name}}`)
      }
      if (framed && message.time === undefined)
        wrong(at('time'), 'missing: { path, format }, or "received" where none is sent')
      const times = [
        [at('time'), message.time],
        ...(message.events ?? []).flatMap((rule, j) =>
          (['start', 'end', 'time'] as const).map((name) => [at('events', j, name), rule[name]] as const),
        ),
      ] as const
      for (const [path, time] of times) {
        if (typeof time !== 'object') continue
        const format = time.format ?? mapping.timeFormat
        if (format === undefined) wrong(path as (string | number)[], 'no format, here or as "timeFormat" for all times')
        else if (needsZone(format) && mapping.zone === undefined) {
          wrong(path as (string | number)[], `${format} says no zone: set "zone"`)
        }
      }
    }
  })
export type Mapping = z.infer<typeof mappingSchema>

/** What a field of few words may hold. */
function wordsOf(kind: Kind, field: string): readonly unknown[] {
  const { properties = {} } = z.toJSONSchema(frameSchemas[kind]) as {
    properties?: Record<string, { enum?: unknown[] }>
  }
  return properties[field]?.enum ?? []
}

/** The levels of the topic that paths anywhere in a message ask for. */
function topicNamesUsed(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value !== 'string'
      ? topicNamesUsed(value)
      : ['path', 'device', 'each', 'code'].includes(key)
        ? namesIn(value)
        : [],
  )
}

/** Thrown where a mapping cannot be used: says each place in it and what is wrong there. */
export class MappingError extends Error {
  readonly code = 'MAPPING_INVALID'
  override readonly name = 'MappingError'
}

/**
 * @param text the mapping file's
 * @param name what the file is called, for messages
 * @throws MappingError
 */
export function parseMapping(text: string, name: string): Mapping {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new MappingError(`${name}: not JSON: ${(error as SyntaxError).message}`, { cause: error })
  }
  const result = mappingSchema.safeParse(value)
  if (result.success) return result.data
  const reasons = result.error.issues.map((issue) => `${placeOf(issue.path)}: ${reasonOf(issue)}`)
  throw new MappingError(`${name}: ${reasons.join(`\n${name}: `)}`, { cause: result.error })
}

/** `messages[0].frame.hookLoad`; a key with other characters than those of names stands in brackets. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'mapping'
    : path
        .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
        .join('')

/** Of a union the branch that got furthest says what is wrong; "invalid input" would help nobody. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue.message
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map(({ path }) => path.length))
  const best = issue.errors.reduce((a, b) => (depth(b) > depth(a) ? b : a))
  const [first] = best
  if (first === undefined) return issue.message
  return first.path.length === 0 ? first.message : `${placeOf(first.path)}: ${first.message}`
}
