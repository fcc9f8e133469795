import type { PolicyPatch } from './harness.ts'
import { byManagerAndFinance, byOneManager } from './schemes.ts'
import { cast, sendTo, sweep, type Send } from './stories.ts'
import type { Step, Story } from './story.ts'

/** The parts of admissions: each leads from the one before to the state it is named after. Commands as a caller writes them. */
const evidence = [{ uri: 'report:1' }]
const yuan = (amount: number) => ({ currency: 'CNY', minor: amount * 100 })
export const aspects = { qualification: 'met', need: 'met', willingness: 'doubtful', finance: 'met' } as const

/** A vote of an admission says how its elector sees the criteria. */
export const admission: Send = (actor, command, more) =>
  sendTo('admission')(
    actor,
    command.type === 'vote' && command['decision'] !== 'sendBack' ? { aspects, ...command } : command,
    more,
  )

export const apply = (form: object = {}): Step => ({
  on: 'apply',
  actor: 'u-liu',
  command: { accountId: 'newco', name: 'Newco', leadSource: 'fair', ...form },
})
export const register = (form: object = {}): Step =>
  admission(
    'u-liu',
    {
      type: 'submitRegistration',
      legalName: 'Newco Ltd',
      industry: 'machinery',
      size: 'large',
      contact: 'Mr Hu, hu@example.com',
      needDescription: 'we need flanges for the new line',
      need: { annualVolume: yuan(3_000_000), growthPotential: 80 },
      intent: 'we want a contract of two years',
      ...form,
    },
    { after: '1h' },
  )
export const findings = {
  qualification: { lawfulOperation: true, goodReputation: true, noMajorViolation: true, evidence },
  need: { annualVolume: yuan(3_000_000), growthPotential: 80, evidence },
  willingness: { score: 90, evidence },
  finance: { paidInCapital: yuan(8_000_000), overdueDays: 10, stableYears: 5, evidence },
}
export const terms = {
  contractMonths: 24,
  annualCommitment: yuan(2_000_000),
  paymentDays: 60,
  serviceStandard: 'level 2',
  priceTerms: 'list price less the discount',
}
export const recommend = (form: object = {}): Step =>
  admission('u-liu', { type: 'recommend', ...findings, classes: ['scaleDominant'], terms, ...form }, { after: '1h' })
/** Thirty days late too often: finance is mandatory. */
export const late = { finance: { ...findings.finance, overdueDays: 31 } }
export const vote = (actor: string, decision = 'approve', more: object = {}, at: Partial<Step> = {}): Step =>
  cast(admission, 'admission', actor, decision, more, { after: '10m', ...at })
export const assignTeam = (form: object = {}): Step =>
  admission(
    'u-sun',
    {
      type: 'assignTeam',
      accountManager: 'u-smith',
      marketingSpecialist: 'u-wu',
      productManager: 'u-peters',
      serviceRepresentative: 'u-huang',
      ...form,
    },
    { after: '1h' },
  )
export const clauses = {
  rightsAndDuties: '§ 2',
  content: '§ 1',
  priceTerms: '§ 4',
  serviceStandard: '§ 5',
  breachTerms: '§ 9',
}
/** On 2 March 2026, where the stories begin. */
export const sign = (form: object = {}, at: Partial<Step> = {}): Step =>
  admission(
    'u-liu',
    {
      type: 'sign',
      reference: 'KA-2026-17',
      signedOn: '2026-03-02',
      from: '2026-03-02',
      to: '2028-03-01',
      terms,
      clauses,
      evidence,
      basis: '@basis',
      ...form,
    },
    at,
  )
export const otherTerms = sign({ terms: { ...terms, paymentDays: 90 } })
export const withdraw = admission('u-liu', { type: 'withdraw', saidBy: 'Mr Hu', reason: 'another supplier' })
export const meet = (condition = 'c1'): Step => admission('u-liu', { type: 'meetCondition', condition, evidence })
export const waive = (condition = 'c1'): Step => admission('u-lin', { type: 'waiveCondition', condition, reason: 'insured' })
export const revise = admission('u-liu', { type: 'reviseRegistration', reason: 'another branch' })
export const requestException = admission('u-wang', { type: 'requestException', reason: 'strategic', evidence })
export const conclude = admission('u-wang', { type: 'concludeScreening', reason: 'agreed' })

export const registering = (form: object = {}): Story => [apply(form)]
export const screening = (): Story => [...registering(), register()]
export const screenedOut = (): Story => [...screening(), recommend(late)]
export const inCommittee = (): Story => [...screening(), recommend()]
/** One vote of a company manager decides, with `oneHand`. */
export const assigningTeam = (conditions: readonly object[] = []): Story => [
  ...inCommittee(),
  vote('u-chen', 'approve', conditions.length === 0 ? {} : { conditions }),
]
export const contracting = (conditions: readonly object[] = []): Story => [...assigningTeam(conditions), assignTeam()]
export const established = (conditions: readonly object[] = []): Story => [...contracting(conditions), sign()]
export const inCommitteeAgain = (conditions: readonly object[] = []): Story => [...contracting(conditions), otherTerms]
export const rejected = (): Story => [...inCommittee(), vote('u-chen', 'reject'), vote('u-brandt', 'reject')]
export const expired = (): Story => [...inCommittee(), sweep('100d')]

const day = 86_400_000
export const start = Date.parse('2026-03-02T09:00:00+08:00')
/** Due so many days after the stories begin. */
export const due = (days: number, text = `condition of day ${String(days)}`) => ({ text, dueAt: start + days * day })

export const oneHand = { approval: byOneManager('admission', 'blacklist') } satisfies PolicyPatch
export const twoStages: PolicyPatch = { approval: byManagerAndFinance('admission') }

/** A lead that falls short, is admitted as an exception under a condition, wants other terms and signs in the end. */
export const admissionStory: Story = [
  apply({ creditCode: '91310000MA1K00000X' }),
  sweep('1h'),
  register({ creditCode: '91310000MA1K00001X' }),
  recommend(late),
  requestException,
  vote('u-chen', 'approve', { conditions: [due(2), due(50)] }),
  sweep(),
  assignTeam(),
  sweep('3d'),
  meet('c1'),
  sign({ signedOn: '2026-03-05', terms: { ...terms, paymentDays: 90 } }),
  vote('u-brandt'),
  sweep(),
  sign({ signedOn: '2026-03-05', terms: { ...terms, paymentDays: 90 } }),
  sweep('1d'),
  sweep('60d'),
]
