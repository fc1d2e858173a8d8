import type { NoticeChannel } from '@lifeline/contracts'
import { Button } from 'antd'
import { useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { ChannelList } from '../roster/channel-list.tsx'
import { ChannelForm } from './channel-form.tsx'

/** The ways in which units are told: set up, changed, tested. */
export function ChannelsTab() {
  const { say } = useLanguage()
  const [edited, setEdited] = useState<NoticeChannel | 'new'>()
  const channel = edited === 'new' ? undefined : edited
  if (edited !== undefined) {
    return <ChannelForm key={channel?.id ?? ''} channel={channel} onDone={() => setEdited(undefined)} />
  }
  return (
    <>
      <ChannelList onEdit={setEdited} />
      <div>
        <Button onClick={() => setEdited('new')} data-testid="channel-add">
          {say(dictionary.channelWords.add)}
        </Button>
      </div>
    </>
  )
}
