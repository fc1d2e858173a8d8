import { runService } from '@lifeline/service-kit'
import { historianConfigSchema } from './historian-config.ts'
import { startHistorian } from './start-historian.ts'

await runService('historian', historianConfigSchema, startHistorian)
