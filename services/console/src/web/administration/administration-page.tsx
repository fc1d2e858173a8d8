import type { SessionUser } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { isLead, mayOpenTab } from '../page-access.ts'
import { type AdministrationTab, administrationTabs, go } from '../route.ts'
import { AuditTab } from './audit-tab.tsx'
import { ChannelsTab } from './channels-tab.tsx'
import { DeskSettingsTab } from './desk-settings-tab.tsx'
import { QuarantineTab } from './quarantine-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { UsersTab } from './users-tab.tsx'

/** What is seldom changed and always kept: users, clocks, channels, rules of a kind, the audit, what was not understood. */
export function AdministrationPage({ tab, user }: { readonly tab: AdministrationTab; readonly user: SessionUser }) {
  const { say } = useLanguage()
  const offered = administrationTabs.filter((one) => mayOpenTab(user.role, one))
  const shown = offered.includes(tab) ? tab : offered[0]
  return (
    <main className="page" data-testid="administration" data-tab={shown}>
      <Segmented
        value={shown ?? tab}
        onChange={(value) => go(`/administration/${value}`)}
        options={offered.map((value) => ({ value, label: say(dictionary.tabWords[value]) }))}
        data-testid="administration-tabs"
      />
      {shown === 'users' && <UsersTab self={user.name} />}
      {shown === 'desk' && <DeskSettingsTab mayEdit={isLead(user.role)} />}
      {shown === 'channels' && <ChannelsTab />}
      {shown === 'rules' && <RulesTab mayEdit={isLead(user.role)} />}
      {shown === 'audit' && <AuditTab />}
      {shown === 'quarantine' && <QuarantineTab mayReplay={user.role === 'administrator'} />}
    </main>
  )
}
