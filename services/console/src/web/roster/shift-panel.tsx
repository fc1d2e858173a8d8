import type { Shift, Unit } from '@lifeline/contracts'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { Field } from '../frame/field.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { timeFieldText, timeOfField } from '../frame/time-field.ts'
import { whenText } from '../frame/time-text.ts'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useNow } from '../live/desk-context.tsx'
import { addShift, removeShift } from './roster-api.ts'
import { UnitContactList } from './unit-contact-list.tsx'

const hourMs = 3_600_000
const { rosterWords } = dictionary

/** A unit's shifts of the week, and a form for one more. */
export function ShiftPanel(props: {
  readonly unit: Unit
  readonly shifts: readonly Shift[]
  readonly mayEdit: boolean
  readonly mayEditContacts: boolean
  readonly onChanged: () => void
}) {
  const { unit, shifts, mayEdit, mayEditContacts, onChanged } = props
  const { api, clock } = useDesk()
  const { say } = useLanguage()
  const now = useNow()
  const { busy, error, run } = useAction()
  const [from, setFrom] = useState(() => timeFieldText(clock.now()))
  const [to, setTo] = useState(() => timeFieldText(clock.now() + 12 * hourMs))
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [begins, ends] = [timeOfField(from), timeOfField(to)]
  const complete = begins !== undefined && ends !== undefined && begins < ends && name.trim() !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!complete) return
    void run(async () => {
      const people = [{ name: name.trim(), phone: phone.trim() }]
      await addShift(api, { unitId: unit.id, from: begins, to: ends, people })
      setName('')
      setPhone('')
      onChanged()
    })
  }
  const time = (value: string, onChange: (text: string) => void, testId: string) => (id: string) => (
    <input
      id={id}
      className="time-field"
      type="datetime-local"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      data-testid={testId}
    />
  )
  return (
    <section className="panel" data-testid="shift-panel">
      <h2>{say(rosterWords.shift, { unit: unit.name })}</h2>
      {shifts.length === 0 && <p className="table-faint">{say(rosterWords.noShift)}</p>}
      {shifts.map((shift) => (
        <div key={shift.id} className="case-line" data-testid="shift">
          <time>
            {whenText(shift.from, now)} – {whenText(shift.to, now)}
          </time>
          <b>{shift.people.map((person) => person.name).join('、')}</b>
          {mayEdit && (
            <Button
              size="small"
              disabled={busy}
              onClick={() => void run(() => removeShift(api, shift.id).then(onChanged))}
            >
              {say(rosterWords.remove)}
            </Button>
          )}
        </div>
      ))}
      {mayEdit && (
        <form className="shift-form" onSubmit={submit}>
          <Field label={say(rosterWords.from)}>{time(from, setFrom, 'shift-from')}</Field>
          <Field label={say(rosterWords.to)}>{time(to, setTo, 'shift-to')}</Field>
          <Field label={say(rosterWords.person)}>
            {(id) => (
              <Input
                id={id}
                maxLength={80}
                value={name}
                onChange={({ target }) => setName(target.value)}
                data-testid="shift-name"
              />
            )}
          </Field>
          <Field label={say(rosterWords.phone)}>
            {(id) => (
              <Input
                id={id}
                maxLength={40}
                value={phone}
                onChange={({ target }) => setPhone(target.value)}
                data-testid="shift-phone"
              />
            )}
          </Field>
          <Button type="primary" htmlType="submit" loading={busy} disabled={!complete} data-testid="shift-save">
            {say(rosterWords.addShift)}
          </Button>
        </form>
      )}
      <ProblemNote error={error} />
      {mayEdit && <UnitContactList unitId={unit.id} mayEdit={mayEditContacts} />}
    </section>
  )
}
