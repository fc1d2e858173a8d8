import type { Lift } from './demand.ts'

/** One thing the driver does before the next. Axes that are not named stay where they are. */
export type Step =
  | { readonly kind: 'move'; readonly slew?: number; readonly radius?: number; readonly height?: number }
  /** The rope tightens or slackens until `mass` hangs on it. */
  | { readonly kind: 'load'; readonly mass: number }
  /** `working`: slings are put on or off; else the crane has nothing to do. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly working: boolean }

/** Clear of everything on the site, m above both places. */
const clearance = 6

/** The steps of one lift: to the load, up, over, down, and a rest. @param highest m, of the hook */
export function workCycle(lift: Lift, highest: number): [Step, ...Step[]] {
  const { from, to, mass, slingSeconds, unslingSeconds, restSeconds } = lift
  const clear = Math.min(highest, Math.max(from.height, to.height) + clearance)
  return [
    { kind: 'move', height: clear },
    { kind: 'move', slew: from.slew, radius: from.radius },
    { kind: 'move', height: from.height },
    { kind: 'wait', seconds: slingSeconds, working: true },
    { kind: 'load', mass },
    { kind: 'move', height: clear },
    { kind: 'move', slew: to.slew, radius: to.radius },
    { kind: 'move', height: to.height },
    { kind: 'load', mass: 0 },
    { kind: 'wait', seconds: unslingSeconds, working: true },
    { kind: 'wait', seconds: restSeconds, working: false },
  ]
}
