import type { CrewReport, RescueCase } from '@lifeline/contracts'
import { useCallback } from 'react'
import { useAnswer } from '../frame/use-answer.ts'
import { readCrew } from '../incident/record/crew-api.ts'
import { useDesk } from '../live/desk-context.tsx'

/** Where the crew of a case was last. */
export type Crew = CrewReport['positions'][number] & { readonly caseId: string }

const refreshMs = 10_000
const underWay: readonly RescueCase['state'][] = ['accepted', 'departed', 'arrived']

/**
 * Where the crews of open cases are, as their telephones told last.
 * @param cases open ones
 */
export function useCrews(cases: readonly RescueCase[]) {
  const { api } = useDesk()
  // By what decides it alone: other changes of the cases ask nothing anew.
  const wanted = cases
    .filter(({ state, assignedTo }) => underWay.includes(state) && assignedTo !== undefined)
    .map(({ id, assignedTo }) => `${id} ${assignedTo}`)
    .join('\n')
  const ask = useCallback(async (): Promise<readonly Crew[]> => {
    const lines = wanted === '' ? [] : wanted.split('\n')
    const crews = await Promise.all(
      lines.map(async (line) => {
        const [caseId = '', unitId] = line.split(' ')
        const { positions } = await readCrew(api, caseId)
        return positions.filter((one) => one.unitId === unitId).map((one) => ({ ...one, caseId }))
      }),
    )
    return crews.flat()
  }, [api, wanted])
  return useAnswer(ask, refreshMs)
}
