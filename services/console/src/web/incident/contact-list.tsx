import type { Contact } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { Phone } from '../frame/phone.tsx'
import { useLanguage } from '../language.tsx'

const { contactWords, incidentWords } = dictionary

/** Whom to call, the one who has the case marked. */
export function ContactList(props: { readonly contacts: readonly Contact[]; readonly asked: readonly string[] }) {
  const { contacts, asked } = props
  const { say } = useLanguage()
  return (
    <section className="panel">
      <h2>{say(incidentWords.contacts)}</h2>
      <ul className="contacts" data-testid="contacts">
        {contacts.map(({ role, name, phone, unitId }) => {
          const sent = unitId !== undefined && asked.includes(unitId)
          return (
            <li key={`${role} ${phone} ${unitId}`} className={sent ? 'contact contact-sent' : 'contact'}>
              <span className="contact-role">
                {say(contactWords[role])}
                {sent && <b>{say(incidentWords.assignedUnit)}</b>}
              </span>
              <span className="contact-name">{name}</span>
              <Phone number={phone} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
