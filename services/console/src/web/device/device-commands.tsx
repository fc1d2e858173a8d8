import type { Role } from '@lifeline/contracts'
import { Button } from 'antd'
import { AnnouncePanel } from '../command/announce-panel.tsx'
import { CommandList } from '../command/command-list.tsx'
import { useCommands } from '../command/use-commands.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'

const { callWords, deviceWords } = dictionary
const announcers: readonly Role[] = ['dispatcher', 'supervisor', 'administrator', 'maintenance']

/** What a machine was told, and what it can be told. */
export function DeviceCommands({ deviceId, role }: { readonly deviceId: string; readonly role: Role }) {
  const { say } = useLanguage()
  const { commands, error, send } = useCommands(deviceId, 50)
  const { busy, error: refused, run } = useAction()
  // Who may set a clock: the registry's own rule.
  const setsClocks = role === 'administrator' || role === 'maintenance'
  return (
    <div className="device-body">
      <AnnouncePanel deviceId={deviceId} may={announcers.includes(role)} />
      <section className="panel">
        <h2>{say(deviceWords.commands)}</h2>
        {setsClocks && (
          <Button
            loading={busy}
            title={say(deviceWords.setClockHint)}
            onClick={() => void run(() => send({ name: 'set-clock', args: {} }))}
            data-testid="set-clock"
          >
            {say(deviceWords.setClock)}
          </Button>
        )}
        <ProblemNote error={refused ?? error} />
        {commands?.length === 0 && <p className="table-faint">{say(callWords.noCommand)}</p>}
        <CommandList commands={commands ?? []} />
      </section>
    </div>
  )
}
