import { writeFileSync } from 'node:fs'
import { DeskWorld } from './desk-world.ts'
import { operationsOf, rolesDocument, rolesTable } from './roles-document.ts'

// Writes docs/roles.md.

const world = await DeskWorld.start()
const answer = await fetch(`${world.service.url}/api/openapi.json`)
const table = rolesTable('dispatch', operationsOf((await answer.json()) as Parameters<typeof operationsOf>[0]))
writeFileSync(new URL('../../../../docs/roles.md', import.meta.url), rolesDocument([table]))
await world.end()
