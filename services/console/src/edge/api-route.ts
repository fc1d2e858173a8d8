import type { UpstreamName } from './upstream.ts'

const routes: readonly (readonly [RegExp, UpstreamName])[] = [
  [/^\/api\/v1\/devices\/[^/]+\/telemetry$/, 'historian'],
  [/^\/api\/v1\/rules\/statistics$/, 'dispatch'],
  [/^\/api\/v1\/(session|devices|gateways|units|users|rules|audit|quarantine)(\/|$)/, 'registry'],
  [/^\/api\/v1\/(incidents|stream|dispatch|reports|channels|linkage|rescuer)(\/|$)/, 'dispatch'],
]

/** The service that answers an API path (without its query), or undefined where none does. */
export function serviceOf(path: string): UpstreamName | undefined {
  return routes.find(([pattern]) => pattern.test(path))?.[1]
}
