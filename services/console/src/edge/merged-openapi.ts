import { isDeepStrictEqual } from 'node:util'

type Section = Readonly<Record<string, unknown>>

/** The parts of an OpenAPI document that differ between services. */
export interface OpenApiPart {
  readonly paths?: Section
  readonly components?: Readonly<Record<string, Section>>
  readonly tags?: readonly unknown[]
}

/**
 * One OpenAPI 3.1 document of several services' documents.
 * @throws OpenApiConflict where two of them mean different things by one name
 */
export function mergeOpenApi(parts: readonly OpenApiPart[]): OpenApiPart {
  const components: Record<string, Section> = {}
  for (const part of parts) {
    for (const [name, section] of Object.entries(part.components ?? {})) {
      components[name] = merge(`components.${name}`, components[name] ?? {}, section)
    }
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Lifeline', version: '1' },
    paths: parts.reduce<Section>((paths, part) => merge('paths', paths, part.paths ?? {}), {}),
    components,
    security: [{ session: [] }],
    tags: parts.flatMap(({ tags }) => tags ?? []),
  }
  return document
}

function merge(where: string, known: Section, added: Section): Section {
  for (const [name, value] of Object.entries(added)) {
    if (name in known && !isDeepStrictEqual(known[name], value)) throw new OpenApiConflict(`${where}.${name}`)
  }
  return { ...known, ...added }
}

/** Thrown where two services describe one path or component differently: one of them has to rename it. */
export class OpenApiConflict extends Error {
  override readonly name = 'OpenApiConflict'
  readonly code = 'OPENAPI_CONFLICT'

  constructor(where: string) {
    super(`two services describe ${where} differently; rename one of them`)
  }
}
