import type { Role } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { Field } from '../frame/field.tsx'
import { useLanguage } from '../language.tsx'
import { useDeskView } from '../live/desk-context.tsx'

const { administrationWords, formWords, roleWords } = dictionary
const unitKindOf: Partial<Record<Role, string>> = { maintenance: 'maintenance', rescuer: 'station' }

/** What a user is, and of which unit where the role is a unit's. */
export interface Post {
  readonly role: Role
  /** Empty: none yet. */
  readonly unitId: string
}

/** As the API takes it; undefined while the unit that the role needs is not chosen. */
export function postBody({ role, unitId }: Post): { readonly role: Role; readonly unitId?: string } | undefined {
  if (unitKindOf[role] === undefined) return { role }
  return unitId === '' ? undefined : { role, unitId }
}

/** Chooses a role, and a unit of the kind that the role belongs to. */
export function RoleFields(props: {
  readonly value: Post
  readonly onChange: (post: Post) => void
  readonly testId: string
}) {
  const { value, onChange, testId } = props
  const { units } = useDeskView()
  const { say } = useLanguage()
  const needed = unitKindOf[value.role]
  return (
    <>
      <Field label={say(administrationWords.role)}>
        {(id) => (
          <select
            id={id}
            value={value.role}
            onChange={({ target }) => onChange({ role: target.value as Role, unitId: '' })}
            data-testid={`${testId}-role`}
          >
            {Object.entries(roleWords).map(([role, words]) => (
              <option key={role} value={role}>
                {say(words)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {needed !== undefined && (
        <Field label={say(administrationWords.unit)}>
          {(id) => (
            <select
              id={id}
              value={value.unitId}
              onChange={({ target }) => onChange({ ...value, unitId: target.value })}
              data-testid={`${testId}-unit`}
            >
              <option value="">{say(formWords.choose)}</option>
              {[...units.values()]
                .filter(({ kind }) => kind === needed)
                .map((unit) => (
                  <option key={unit.id} value={unit.id}>
                    {unit.name}
                  </option>
                ))}
            </select>
          )}
        </Field>
      )}
    </>
  )
}
