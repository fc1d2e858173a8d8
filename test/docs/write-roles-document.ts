import { writeFileSync } from 'node:fs'
import { startDemoDistrict } from '../demo-district.ts'
import { operationsAt, rolesDocument } from './roles-document.ts'

// Writes docs/roles.md.

const district = await startDemoDistrict({ buildConsole: true })
try {
  writeFileSync(new URL('../../docs/roles.md', import.meta.url), rolesDocument(await operationsAt(district.url)))
} finally {
  await district.remove()
}
