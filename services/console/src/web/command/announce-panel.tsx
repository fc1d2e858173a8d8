import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { CommandList } from './command-list.tsx'
import { useCommands } from './use-commands.ts'

const { announcements, callWords } = dictionary
const languages = { zh: 'zh-CN', en: 'en' } as const

/** Speaks to whoever is in the car, and tells whether the car has said it. */
export function AnnouncePanel({ deviceId, may }: { readonly deviceId: string; readonly may: boolean }) {
  const { say, language } = useLanguage()
  const [text, setText] = useState('')
  const { commands = [], error, send } = useCommands(deviceId, 5)
  const { busy, error: refused, run } = useAction()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = text.trim()
    if (given === '') return
    void run(async () => {
      await send({ name: 'announce', args: { text: given, language: languages[language] } })
      setText('')
    })
  }
  return (
    <section className="panel announce" data-testid="announce">
      <h2>{say(callWords.announce)}</h2>
      {may && (
        <form onSubmit={submit}>
          <div className="quick">
            {announcements.texts.map((preset) => (
              <Button key={preset.en} size="small" onClick={() => setText(say(preset))} data-testid="announce-preset">
                {say(preset)}
              </Button>
            ))}
          </div>
          <div className="announce-line">
            <Input
              aria-label={say(callWords.announceText)}
              placeholder={say(callWords.announceText)}
              maxLength={500}
              value={text}
              onChange={({ target }) => setText(target.value)}
              data-testid="announce-text"
            />
            <Button
              type="primary"
              htmlType="submit"
              loading={busy}
              disabled={text.trim() === ''}
              data-testid="announce-send"
            >
              {say(callWords.send)}
            </Button>
          </div>
        </form>
      )}
      <ProblemNote error={refused ?? error} />
      <CommandList commands={commands} />
    </section>
  )
}
