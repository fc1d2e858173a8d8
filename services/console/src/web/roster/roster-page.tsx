import type { SessionUser } from '@lifeline/contracts'
import { useCallback, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import { isLead } from '../page-access.ts'
import { isDesk } from '../session.ts'
import { ChannelList } from './channel-list.tsx'
import { readShifts } from './roster-api.ts'
import { ShiftPanel } from './shift-panel.tsx'
import { UnitDuty } from './unit-duty.tsx'

const refreshMs = 30_000
const kinds = ['station', 'maintenance', 'fire', 'use'] as const
const { unitKindWords } = dictionary

/** Who can be called: units and stations, who of them is on duty, and whether the ways to tell them work. */
export function RosterPage({ user }: { readonly user: SessionUser }) {
  const { api, clock } = useDesk()
  const { units } = useDeskView()
  const { say } = useLanguage()
  const [chosenId, setChosenId] = useState<string>()
  const shifts = useAnswer(
    useCallback(() => readShifts(api, clock.now()), [api, clock]),
    refreshMs,
  )
  const chosen = units.get(chosenId ?? '')
  return (
    <main className="page roster" data-testid="roster">
      <ProblemNote error={shifts.error} />
      <div className="roster-body">
        <div className="incident-column">
          {kinds.map((kind) => (
            <section className="panel" key={kind}>
              <h2>{say(unitKindWords[kind])}</h2>
              {[...units.values()]
                .filter((unit) => unit.kind === kind)
                .map((unit) => (
                  <UnitDuty
                    key={unit.id}
                    unit={unit}
                    shifts={shifts.answer?.filter(({ unitId }) => unitId === unit.id)}
                    chosen={unit.id === chosenId}
                    onChoose={kind === 'use' ? undefined : () => setChosenId(unit.id)}
                  />
                ))}
            </section>
          ))}
        </div>
        <div className="incident-column">
          {chosen !== undefined && (
            <ShiftPanel
              key={chosen.id}
              unit={chosen}
              shifts={shifts.answer?.filter(({ unitId }) => unitId === chosen.id) ?? []}
              mayEdit={isDesk(user)}
              mayEditContacts={isLead(user.role)}
              onChanged={shifts.again}
            />
          )}
          {isDesk(user) && <ChannelList />}
        </div>
      </div>
    </main>
  )
}
