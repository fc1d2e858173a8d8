import type { Migration } from 'kysely/migration'
import { createDesk } from './migrations/001-desk.ts'
import { callTaking } from './migrations/002-call-taking.ts'
import { shifts } from './migrations/003-shifts.ts'
import { channels } from './migrations/004-channels.ts'
import { rescuerLinks } from './migrations/005-rescuer-links.ts'
import { milestones } from './migrations/010-milestones.ts'
import { linkage } from './migrations/011-linkage.ts'
import { timelineChain } from './migrations/012-timeline-chain.ts'
import { evidence } from './migrations/013-evidence.ts'
import { caseFacts } from './migrations/014-case-facts.ts'
import { acknowledgement } from './migrations/015-acknowledgement.ts'

export const migrations: Readonly<Record<string, Migration>> = {
  '001-desk': createDesk,
  '002-call-taking': callTaking,
  '003-shifts': shifts,
  '004-channels': channels,
  '005-rescuer-links': rescuerLinks,
  '010-milestones': milestones,
  '011-linkage': linkage,
  '012-timeline-chain': timelineChain,
  '013-evidence': evidence,
  '014-case-facts': caseFacts,
  '015-acknowledgement': acknowledgement,
}
