import * as a from './admission-stories.ts'
import { account, approvalBranches, cast, stagedBranches, sweep } from './stories.ts'
import type { Story } from './story.ts'
import type { Way } from './ways.ts'

/** The committee's own resolution on the account ends what is open there [I-39]. */
const blacklisted: Story = [
  account('u-sun', { type: 'proposeBlacklisting', reason: 'fraud', evidence: [{ uri: 'court:1' }] }),
  cast(account, 'blacklist', 'u-chen', 'approve'),
  sweep('1h'),
]
const far = a.due(60)
const open: { readonly [state: string]: Story } = {
  registering: a.registering(),
  screening: a.screening(),
  screenedOut: a.screenedOut(),
  inCommittee: a.inCommittee(),
  assigningTeam: a.assigningTeam(),
  contracting: a.contracting(),
}
const ends = Object.entries(open).flatMap(([state, story]): Way[] => [
  { title: `withdrawn from ${state}`, story: [...story, a.withdraw] },
  { title: `expired from ${state}`, story: [...story, sweep('100d')] },
  { title: `blacklisted in ${state}`, story: [...story, ...blacklisted] },
])
const conditions = (state: string, story: Story): Way => ({
  title: `conditions settled in ${state}, the earliest first and last`,
  story: [...story, a.meet('c1'), a.waive('c3'), a.meet('c4'), a.waive('c2')],
})
const four = [a.due(40), a.due(50), far, a.due(70)]

/** Stories that together walk every state and every transition of an admission. */
export const admissionCoverage: readonly Way[] = [
  { title: 'from the lead to the key account', story: a.established() },
  ...ends,
  { title: 'a credit code that the registration brings', story: [a.apply(), a.register({ creditCode: '91310000MA1K00001X' })] },
  {
    title: 'a credit code of a customer that applies',
    story: [
      { on: 'adopt', command: { accountId: 'newco', name: 'Newco', isKeyAccount: false, tier: 'C' } },
      a.apply(),
      a.register({ creditCode: '91310000MA1K00001X' }),
    ],
  },
  { title: 'revised while screening', story: [...a.screening(), a.revise, a.register()] },
  { title: 'screened out, revised', story: [...a.screenedOut(), a.revise, a.register()] },
  { title: 'screened out, concluded', story: [...a.screenedOut(), a.conclude] },
  { title: 'screened out, admitted as an exception', story: [...a.screenedOut(), a.requestException, a.vote('u-chen')] },
  {
    title: 'reported anew before the committee, better and worse',
    story: [...a.inCommittee(), a.recommend({ willingness: { ...a.findings.willingness, score: 70 } }), a.recommend(a.late)],
  },
  ...Object.entries(approvalBranches(a.admission, 'admission')).map(([branch, steps]): Way => ({
    title: `committee: ${branch}`,
    story: [...a.inCommittee(), ...steps],
  })),
  ...Object.entries(stagedBranches(a.admission, 'admission')).map(([branch, steps]): Way => ({
    title: `committee: ${branch}`,
    story: [...a.inCommittee(), ...steps],
    options: { policy: a.twoStages },
  })),
  {
    title: 'sent back once too often, by a vote',
    story: [...a.inCommittee(), a.vote('u-chen', 'sendBack'), a.vote('u-brandt', 'sendBack')],
    options: { policy: { ...a.oneHand, admission: { maxReturns: 0 } } },
  },
  {
    title: 'sent back once too often, by a recusal',
    story: [
      ...a.inCommittee(),
      a.vote('u-chen', 'sendBack'),
      a.admission('u-brandt', { type: 'recuse', approval: 'admission', reason: 'related' }),
    ],
    options: { policy: { ...a.oneHand, admission: { maxReturns: 0 } } },
  },
  ...Object.entries(approvalBranches(a.admission, 'admission')).map(([branch, steps]): Way => ({
    title: `other terms: ${branch}`,
    story: [...a.inCommitteeAgain(), ...steps],
  })),
  conditions('assigningTeam', a.assigningTeam(four)),
  conditions('contracting', a.contracting(four)),
  conditions('established', a.established(four)),
]
