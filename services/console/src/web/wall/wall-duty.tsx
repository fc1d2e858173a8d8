import type { Shift, Unit } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { dutyOf } from '../roster/duty.ts'

const { rosterWords, wallWords } = dictionary

/** The stations, and who of them is there. */
export function WallDuty({ units, shifts }: { readonly units: readonly Unit[]; readonly shifts: readonly Shift[] }) {
  const { say } = useLanguage()
  const now = useNow()
  return (
    <p className="wall-duty">
      {say(wallWords.onDuty)}
      {units
        .filter(({ kind }) => kind === 'station')
        .map(({ id, name }) => {
          const duty = dutyOf(
            shifts.filter(({ unitId }) => unitId === id),
            now,
          )
          return (
            <b key={id} className={duty.state === 'off' ? 'alert-text' : ''}>
              {name}{' '}
              {duty.state === 'off'
                ? say(rosterWords.offDuty)
                : duty.state === 'on'
                  ? duty.people.map((person) => person.name).join('、')
                  : ''}
            </b>
          )
        })}
    </p>
  )
}
