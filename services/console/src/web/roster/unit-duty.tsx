import type { Shift, Unit } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { Phone } from '../frame/phone.tsx'
import { whenText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { dutyOf } from './duty.ts'

const { rosterWords } = dictionary

/** A unit in one line: its number, and who of it is on duty. */
export function UnitDuty(props: {
  readonly unit: Unit
  readonly shifts: readonly Shift[] | undefined
  readonly chosen: boolean
  readonly onChoose: (() => void) | undefined
}) {
  const { unit, shifts, chosen, onChoose } = props
  const { say } = useLanguage()
  const now = useNow()
  const duty = shifts === undefined || onChoose === undefined ? undefined : dutyOf(shifts, now)
  return (
    <div className={chosen ? 'unit-duty unit-duty-chosen' : 'unit-duty'} data-testid="unit" data-unit-id={unit.id}>
      {onChoose === undefined ? (
        <b>{unit.name}</b>
      ) : (
        <button type="button" aria-pressed={chosen} onClick={onChoose}>
          {unit.name}
        </button>
      )}
      <Phone number={unit.phone} />
      {duty !== undefined && (
        <span className="unit-duty-now" data-testid="duty" data-duty={duty.state}>
          {duty.state === 'always' && <span className="table-faint">{say(rosterWords.always)}</span>}
          {duty.state === 'off' && (
            <b className="alert-text">
              {say(rosterWords.offDuty)}
              {duty.next !== undefined && ` · ${say(rosterWords.next, { time: whenText(duty.next, now) })}`}
            </b>
          )}
          {duty.state === 'on' && (
            <>
              <b className="good-text">{say(rosterWords.onDuty)}</b>{' '}
              {duty.people.map(({ name, phone }) => (
                <span key={`${name} ${phone}`}>
                  {name} {phone !== '' && <Phone number={phone} />}{' '}
                </span>
              ))}
              <span className="table-faint">{say(rosterWords.until, { time: whenText(duty.until, now) })}</span>
            </>
          )}
        </span>
      )}
    </div>
  )
}
