import { randomBytes } from 'node:crypto'
import { rescuerCookie } from '@lifeline/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { newNonce, noncePlaceholder, pagePolicy } from './security-headers.ts'
import { readPage } from './web-app.ts'

const yearSeconds = 366 * 86_400
const known = new RegExp(`(?:^|; *)${rescuerCookie}=[A-Za-z0-9_-]{43}(?:;|$)`)

/**
 * Serves the page behind a rescuer's link. The browser gets what it is known by before it opens the link, so that an
 * answer lost on the way locks nobody out; and a preview, which fetches the page alone, uses up nothing.
 */
export function serveRescuerPage(server: FastifyInstance, folder: string): void {
  server.get('/r/:token', async (request, reply) => {
    const nonce = newNonce()
    const page = (await readPage(folder, 'rescuer/index.html')).replaceAll(noncePlaceholder, nonce)
    if (!known.test(request.headers.cookie ?? '')) reply.header('set-cookie', newCookie(request))
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .header('permissions-policy', 'camera=(self), microphone=(), geolocation=(self), usb=()')
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex, nofollow')
      .type('text/html; charset=utf-8')
      .send(page)
  })
}

/** Lax: a link in a message comes from another site, and the cookie must be there already when it is opened again. */
function newCookie({ protocol, headers }: FastifyRequest): string {
  const secure = protocol === 'https' || headers['x-forwarded-proto'] === 'https'
  const value = randomBytes(32).toString('base64url')
  return `${rescuerCookie}=${value}; Path=/; Max-Age=${yearSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
