import { theDesk } from '../access.ts'
import type { Desk } from '../desk.ts'

/** Puts into the timeline that no channel has reached a unit, so that somebody telephones. */
export async function noteSilent(desk: Desk, caseId: string, unitId: string): Promise<void> {
  const text = `各通道均无法通知 ${unitId}，请电话联系 / no channel has reached ${unitId}: telephone them`
  await desk.act(caseId, { action: 'note', body: { text } }, theDesk)
}
