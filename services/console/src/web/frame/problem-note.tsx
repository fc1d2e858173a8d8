import { detailOf, headlineOf } from '../api/api-error.ts'
import { useLanguage } from '../language.tsx'

/** What went wrong: in a few words, and in the server's own. Nothing where nothing did. */
export function ProblemNote({ error }: { readonly error: unknown }) {
  const { say } = useLanguage()
  if (error === undefined) return null
  const detail = detailOf(error)
  return (
    <div className="problem" role="alert" data-testid="problem">
      <strong>{say(headlineOf(error))}</strong>
      {detail !== '' && <span>{detail}</span>}
    </div>
  )
}
