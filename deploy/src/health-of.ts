import { z } from 'zod'

const answerSchema = z.object({ reasons: z.array(z.string()) })

/** Why the service at `url` cannot do its work now; empty where it can. */
export async function healthOf(url: string): Promise<string[]> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })
    const body = await response.text()
    if (response.ok) return []
    const answer = answerSchema.safeParse(JSON.parse(body))
    return answer.success ? answer.data.reasons : [body]
  } catch {
    return ['no answer yet']
  }
}
