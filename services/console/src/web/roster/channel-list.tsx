import type { NoticeChannel } from '@lifeline/contracts'
import { Button } from 'antd'
import { useCallback } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { whenText } from '../frame/time-text.ts'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useNow } from '../live/desk-context.tsx'
import { failureText } from './failure-text.ts'
import { readChannels, testChannel } from './roster-api.ts'

const refreshMs = 30_000
const { channelKindWords, channelWords, rosterWords } = dictionary

/** The ways in which units are told, and whether each works; to be changed by whoever is given `onEdit`. */
export function ChannelList({ onEdit }: { readonly onEdit?: (channel: NoticeChannel) => void }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const { answer, error, again } = useAnswer(
    useCallback(() => readChannels(api), [api]),
    refreshMs,
  )
  return (
    <section className="panel" data-testid="channels">
      <h2>{say(rosterWords.channels)}</h2>
      <ProblemNote error={error} />
      {answer?.length === 0 && <p className="notice">{say(rosterWords.noChannels)}</p>}
      {answer?.map((channel) => (
        <ChannelLine key={channel.id} channel={channel} onTested={again} onEdit={onEdit} />
      ))}
    </section>
  )
}

function ChannelLine(props: {
  readonly channel: NoticeChannel
  readonly onTested: () => void
  readonly onEdit: ((channel: NoticeChannel) => void) | undefined
}) {
  const { channel, onTested, onEdit } = props
  const { api } = useDesk()
  const { say } = useLanguage()
  const now = useNow()
  const { busy, error, run } = useAction()
  const { id, name, kind, enabled, healthy, lastTest, testAddress } = channel
  const state = !enabled ? 'disabled' : lastTest === undefined ? 'untested' : healthy ? 'healthy' : 'unhealthy'
  const looks = { healthy: 'good-text', unhealthy: 'alert-text', untested: 'notice', disabled: 'table-faint' }
  return (
    <div className="case-line" data-testid="channel" data-channel-id={id} data-state={state}>
      <b>{name}</b>
      <span className="table-faint">{say(channelKindWords[kind])}</span>
      <b className={looks[state]}>{say(rosterWords[state])}</b>
      {lastTest !== undefined && (
        <span className="table-faint">
          {say(rosterWords.tested, { time: whenText(lastTest.at, now), n: Math.round(lastTest.durationMs) })}
          {lastTest.error !== undefined && <b className="alert-text"> · {failureText(lastTest.error, say)}</b>}
        </span>
      )}
      <ProblemNote error={error} />
      <span className="line-end">
        {onEdit !== undefined && (
          <Button size="small" onClick={() => onEdit(channel)} data-testid={`edit-${id}`}>
            {say(channelWords.edit)}
          </Button>
        )}
        <Button
          size="small"
          loading={busy}
          disabled={!enabled || testAddress === undefined}
          title={testAddress === undefined ? say(channelWords.noTestAddress) : testAddress}
          onClick={() => void run(() => testChannel(api, id).then(onTested))}
          data-testid={`test-${id}`}
        >
          {say(rosterWords.test)}
        </Button>
      </span>
    </div>
  )
}
