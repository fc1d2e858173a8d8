import type { RescueCase, Unit } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { Phone } from '../frame/phone.tsx'
import { useLanguage } from '../language.tsx'

/** Who has the case, and the number to reach them. At level 3 nobody needs to be registered: 119 is telephoned. */
export function AssignedUnit({ rescue, unit }: { readonly rescue: RescueCase; readonly unit: Unit | undefined }) {
  const { say } = useLanguage()
  const { assignedTo, level, state } = rescue
  if (unit !== undefined) return <Reach name={unit.name} phone={unit.phone} />
  if (assignedTo !== undefined) return <Reach name={assignedTo} />
  if (level === 3 && state !== 'closed') return <Reach name={say(dictionary.queueWords.telephone119)} phone="119" />
  return null
}

function Reach({ name, phone }: { readonly name: string; readonly phone?: string }) {
  return (
    <>
      <span className="unit-name">{name}</span>
      {phone !== undefined && <Phone number={phone} />}
    </>
  )
}
