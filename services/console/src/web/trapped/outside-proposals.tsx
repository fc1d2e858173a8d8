import type { ActionBody, Proposal, RescueCase } from '@lifeline/contracts'
import { Button } from 'antd'
import { dictionary } from '../dictionary/dictionary.ts'
import { Phone } from '../frame/phone.tsx'
import { useLanguage } from '../language.tsx'

const { callWords, outsideWords, proposalReasonWords } = dictionary

/** What the desk proposes to call: open ones as a question across the page, decided ones in a line. */
export function OutsideProposals(props: {
  readonly rescue: RescueCase
  readonly busy: boolean
  /** Whether this user may decide. */
  readonly may: boolean
  readonly onAct: (body: ActionBody<'decide'>) => void
}) {
  const { rescue, busy, may, onAct } = props
  const { say } = useLanguage()
  const reasonsOf = ({ reasons }: Proposal): string =>
    reasons.map((reason) => say(proposalReasonWords[reason])).join('、')
  return rescue.proposals.map((proposal) => {
    const { service, state, decidedBy = '' } = proposal
    if (state === 'settled') return null
    const name = say(outsideWords[service])
    const decide = (confirmed: boolean) => (
      <Button
        type={confirmed ? 'primary' : 'default'}
        disabled={busy}
        onClick={() => onAct({ service, confirmed })}
        data-testid={`${confirmed ? 'confirm' : 'decline'}-${service}`}
      >
        {say(confirmed ? (state === 'declined' ? callWords.changedMind : callWords.confirm) : callWords.decline, {
          n: service,
        })}
      </Button>
    )
    if (state === 'open') {
      return (
        <div key={service} className="proposal" role="alert" data-testid={`proposal-${service}`} data-state={state}>
          <span className="proposal-text">
            {say(callWords.propose, { service: name, reasons: reasonsOf(proposal) })}
          </span>
          <Phone number={service} />
          {may && decide(true)}
          {may && decide(false)}
        </div>
      )
    }
    return (
      <div key={service} className="proposal-decided" data-testid={`proposal-${service}`} data-state={state}>
        <span>
          {say(state === 'confirmed' ? callWords.summoned : callWords.declined, { service: name, by: decidedBy })}
        </span>
        {may && state === 'declined' && decide(true)}
      </div>
    )
  })
}
