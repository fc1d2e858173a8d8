import type { UnitContact } from '@lifeline/contracts'
import { Button, Input } from 'antd'
import { useCallback, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { putContacts, readChannels, readContacts } from './roster-api.ts'

const { formWords, rosterWords } = dictionary

/** How a unit is told, in the order in which it is tried; a lead changes it in place. */
export function UnitContactList({ unitId, mayEdit }: { readonly unitId: string; readonly mayEdit: boolean }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const contacts = useAnswer(useCallback(() => readContacts(api, unitId), [api, unitId]))
  const channels = useAnswer(useCallback(() => readChannels(api), [api]))
  const { busy, error, run } = useAction()
  const [channel, setChannel] = useState('')
  const [address, setAddress] = useState('')
  const [saved, setSaved] = useState(false)
  const known = contacts.answer?.contacts ?? []
  const nameOf = (id: string): string => channels.answer?.find((one) => one.id === id)?.name ?? id
  const save = (changed: readonly UnitContact[], done?: () => void): void =>
    void run(async () => {
      contacts.setAnswer(await putContacts(api, unitId, changed))
      setSaved(true)
      done?.()
    })
  const added = { channel, address: address.trim() }
  return (
    <section data-testid="unit-contacts">
      <h2>
        {say(rosterWords.contacts)} {saved && <span className="good-text">{say(rosterWords.contactsSaved)}</span>}
      </h2>
      <ProblemNote error={error ?? contacts.error ?? channels.error} />
      {contacts.answer !== undefined && known.length === 0 && <p className="notice">{say(rosterWords.noContacts)}</p>}
      <ol>
        {known.map((contact, place) => (
          <li key={`${contact.channel} ${contact.address}`} className="case-line" data-testid="contact">
            <b>{place + 1}</b>
            <span>{nameOf(contact.channel)}</span>
            <b>{contact.address}</b>
            {mayEdit && (
              <span className="line-end">
                {place > 0 && (
                  <Button
                    size="small"
                    disabled={busy}
                    onClick={() => save(known.with(place - 1, contact).with(place, known[place - 1] ?? contact))}
                  >
                    {say(rosterWords.earlier)}
                  </Button>
                )}
                <Button size="small" disabled={busy} onClick={() => save(known.filter((one) => one !== contact))}>
                  {say(rosterWords.remove)}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {mayEdit && (channels.answer?.length ?? 0) > 0 && (
        <div className="contact-form field">
          <select
            aria-label={say(rosterWords.chooseChannel)}
            value={channel}
            onChange={({ target }) => setChannel(target.value)}
            data-testid="contact-channel"
          >
            <option value="">{say(rosterWords.chooseChannel)}</option>
            {channels.answer?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Input
            aria-label={say(rosterWords.address)}
            placeholder={say(rosterWords.address)}
            maxLength={200}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
            data-testid="contact-address"
          />
          <Button
            loading={busy}
            disabled={channel === '' || added.address === ''}
            onClick={() => save([...known, added], () => setAddress(''))}
            title={say(rosterWords.addContact)}
            data-testid="contact-add"
          >
            {say(formWords.add)}
          </Button>
        </div>
      )}
    </section>
  )
}
