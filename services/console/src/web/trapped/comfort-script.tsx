import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'

const { callWords, comfortScript } = dictionary

/** What to say to whoever is shut in, line by line. */
export function ComfortScript() {
  const { say } = useLanguage()
  return (
    <section className="panel script" data-testid="comfort-script">
      <h2>{say(callWords.script)}</h2>
      <ol>
        {comfortScript.lines.map((line) => (
          <li key={line.en}>{say(line)}</li>
        ))}
      </ol>
    </section>
  )
}
