import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** Stands in the built page where each answer's own nonce goes. */
export const noncePlaceholder = '__CSP_NONCE__'

export const newNonce = (): string => randomBytes(18).toString('base64')

const policy = (styles: string, images = ''): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    `img-src 'self' data:${images === '' ? '' : ` ${images}`}`,
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/**
 * The page's own policy: only styles that carry this answer's nonce, for what the components add while they run.
 * @param images a further origin of images: the map's tiles
 */
export const pagePolicy = (nonce: string, images?: string): string => policy(`'self' 'nonce-${nonce}'`, images)

const headers = {
  'content-security-policy': policy("'none'"),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=()',
} as const

/** Puts them on every answer, whoever gives it. */
export function addSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}
