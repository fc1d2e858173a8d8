import type { IncidentEvent, Report } from '@lifeline/contracts'
import { joinReport, openFromReport } from './caller-report.ts'
import { type DeskCase, isClosed } from './desk-case.ts'
import type { Device } from './device.ts'
import { joinIncident, openFromIncident, outgrows, takeRevision } from './incident-event.ts'
import { caseForIncident, caseForReport } from './joining.ts'
import type { Context, Step } from './step.ts'

/** Where a case would begin: its id and the device it would be about. */
export interface Beginning {
  readonly id: string
  readonly device: Device
}

/**
 * What the desk makes of the engine's word: another revision for the case that stands for the incident, a part of an
 * open case of the device, or a case of its own.
 * @param known the case that stands for the incident, open or closed
 * @param open the device's open cases
 * @returns undefined where the word is out of date
 */
export function takeIncident(
  known: DeskCase | undefined,
  open: readonly DeskCase[],
  event: IncidentEvent,
  { id, device }: Beginning,
  context: Context,
): Step | undefined {
  const joined = event.data.late ? undefined : caseForIncident(open, event.data)
  if (known !== undefined && !outgrows(known, event)) {
    // What goes on after its case was closed concerns the one that was opened since.
    const goesOn = isClosed(known) && event.type !== 'incident.cleared' && joined !== undefined
    if (!goesOn) return takeRevision(known, event, context)
  }
  return joined === undefined ? openFromIncident(id, event, device, context) : joinIncident(joined, event, context)
}

/** What the desk makes of a call: a part of an open case of the device, or a case of its own. */
export function takeReport(
  open: readonly DeskCase[],
  report: Report,
  { id, device }: Beginning,
  context: Context,
): Step {
  const joined = caseForReport(open, report)
  return joined === undefined ? openFromReport(id, report, device, context) : joinReport(joined, report, context)
}
