import type { SessionUser } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { useCallback, useState } from 'react'
import { QuarantineTab } from '../administration/quarantine-tab.tsx'
import { ApiError } from '../api/api-error.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { ChartPanel, machineViews } from '../incident/chart/chart-panel.tsx'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { isLead } from '../page-access.ts'
import { pathOf } from '../route.ts'
import { SettingsHistory } from '../settings/settings-history.tsx'
import { SettingsTable } from '../settings/settings-table.tsx'
import { readDevice } from './device-api.ts'
import { DeviceCases } from './device-cases.tsx'
import { DeviceCommands } from './device-commands.tsx'
import { DeviceSheet } from './device-sheet.tsx'
import { OnlineMark } from './online-mark.tsx'

const { deviceWords, kindWords, queueWords } = dictionary
const refreshMs = 10_000
const tabs = ['facts', 'rules', 'commands', 'quarantine', 'audit'] as const
type Tab = (typeof tabs)[number]

/** All that is known of one machine, and what can be set of it and said to it. */
export function DevicePage({ id, user }: { readonly id: string; readonly user: SessionUser }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const [tab, setTab] = useState<Tab>('facts')
  const { answer: device, error } = useAnswer(
    useCallback(() => readDevice(api, id), [api, id]),
    refreshMs,
  )
  if (error instanceof ApiError && error.status === 404) {
    return (
      <main className="page">
        <p className="queue-none">{say(deviceWords.notFound)}</p>
      </main>
    )
  }
  const readsAudit = isLead(user.role) || user.role === 'regulator'
  const readsQuarantine = readsAudit || user.role === 'maintenance'
  const offered = tabs.filter((one) => (one === 'audit' ? readsAudit : one !== 'quarantine' || readsQuarantine))
  return (
    <main className="page" data-testid="device-page" data-device-id={id}>
      <ProblemNote error={error} />
      {device === undefined ? (
        <p className="queue-none">{say(queueWords.loading)}</p>
      ) : (
        <>
          <header className="device-head">
            <AppLink href={pathOf('devices')} className="back" aria-label={say(dictionary.pageWords.devices)}>
              ←
            </AppLink>
            <div>
              <h1>{device.address}</h1>
              <span className="table-faint">
                {say(kindWords[device.kind])} · {device.deviceId}
                {device.rescueCode !== undefined && (
                  <>
                    {' '}
                    · {say(deviceWords.rescueCode)} <b className="code">{device.rescueCode}</b>
                  </>
                )}
              </span>
            </div>
            <OnlineMark device={device} />
          </header>
          <Segmented
            value={tab}
            onChange={setTab}
            options={offered.map((value) => ({ value, label: say(deviceWords[value]) }))}
            data-testid="device-tabs"
          />
          {tab === 'facts' && (
            <div className="device-body">
              <DeviceSheet device={device} />
              <div className="incident-column">
                <ChartPanel deviceId={id} kind={device.kind} views={machineViews} />
                <DeviceCases deviceId={id} />
              </div>
            </div>
          )}
          {tab === 'rules' && <SettingsTable owner={{ deviceId: id }} kind={device.kind} mayEdit={isLead(user.role)} />}
          {tab === 'commands' && <DeviceCommands deviceId={id} role={user.role} />}
          {tab === 'quarantine' && <QuarantineTab mayReplay={user.role === 'administrator'} deviceId={id} />}
          {tab === 'audit' && <SettingsHistory deviceId={id} kind={device.kind} />}
        </>
      )}
    </main>
  )
}
