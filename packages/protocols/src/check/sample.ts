import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** One message as a vendor's device sends it. */
export interface Sample {
  readonly topic: string | undefined
  readonly payload: Buffer
}

const messageSchema = z.union([
  z.strictObject({ topic: z.string(), payload: z.unknown() }),
  z.strictObject({
    topic: z.string().optional(),
    hex: z.string().regex(/^([0-9a-fA-F]{2}\s*)+$/, 'pairs of hex digits'),
  }),
])
type Message = z.infer<typeof messageSchema>

/**
 * Reads a sample file: `{ "topic", "payload" }` (JSON, or text as it is sent), `{ "topic", "hex" }`, an array of such,
 * or the bare payload where the mapping has one topic only.
 * @throws Error where the file cannot be read
 */
export async function readSamples(file: string): Promise<Sample[]> {
  const text = await readFile(file, 'utf8')
  const value = parsed(text)
  const list = z
    .array(messageSchema)
    .min(1)
    .safeParse(Array.isArray(value) ? value : [value])
  return list.success ? list.data.map(sampleOf) : [{ topic: undefined, payload: Buffer.from(text.trimEnd()) }]
}

function sampleOf(message: Message): Sample {
  if ('hex' in message) return { topic: message.topic, payload: Buffer.from(message.hex.replaceAll(/\s/g, ''), 'hex') }
  const { topic, payload } = message
  return { topic, payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // A payload that is no JSON is a sample too.
    void error
    return undefined
  }
}
