import type { Governance, Refusal } from '@ka-governance/core'
import type { RecordedApplication } from '../ingest/recorded.ts'
import { applicationData, type Known } from './application-data.ts'
import { castVotes, evidenceOf, handOf, type Ballot, type Hand } from './hand.ts'
import { draw } from './seeded.ts'
import { officeTime, perform, type Stage } from './stage.ts'

const day = 86_400_000

/** Roles that may develop a customer. */
const sellers = ['accountManager', 'sales', 'keyAccounts', 'sales.head'] as const

type Sendable = Parameters<Governance['admission']['send']>[1]
type Context = NonNullable<Awaited<ReturnType<Governance['admission']['get']>>>['context']
const onCondition = 'On condition that what the exception rests on is in writing'
type AdmissionHand = Hand<Sendable, Context>
type Terms = Extract<Sendable, { readonly type: 'sign' }>['terms']

/** What a run keeps of an application. */
export interface SimulatedApplication {
  readonly application: RecordedApplication
  /** `null`: it could not be opened; `problem` says why. */
  id: string | null
  problem: string | null
  refusals: readonly Refusal[]
  openedAt: number | null
  missing: readonly string[]
  derived: readonly string[]
}

/** Plans one application: registered on its day, then each step when the one before is done, by people who hold the roles. */
export function simulateApplication(stage: Stage, application: RecordedApplication): SimulatedApplication {
  const record: SimulatedApplication = {
    application,
    id: null,
    problem: null,
    refusals: [],
    openedAt: null,
    missing: [],
    derived: [],
  }
  const d = draw(stage.seed, `application-${application.accountId}-${application.appliedOn}`)
  const at = officeTime(stage, stage.zone.toInstant(Date.parse(application.appliedOn)), d)
  stage.timeline.plan(at, () => open(stage, record))
  return record
}

async function open(stage: Stage, record: SimulatedApplication): Promise<void> {
  const { application } = record
  const { accountId, appliedOn, name, region, creditCode, parentId, leadSource } = application
  const d = draw(stage.seed, `admission-${accountId}-${appliedOn}`)
  const account = stage.portfolio.accounts.find((a) => a.accountId === accountId)
  const { known, missing, derived } = applicationData(application, account, stage.zone.dateOf(stage.now()), stage.policy)
  record.missing = [
    ...missing,
    ...(leadSource === null ? ['leadSource'] : []),
    ...(application.classes.length === 0 ? ['classes'] : []),
  ]
  record.derived = derived
  const holders = sellers.flatMap((role) => stage.people.holders(role, accountId))
  const manager = application.manager !== null && holders.includes(application.manager) ? application.manager : null
  const seller = manager ?? stage.people.one(sellers, accountId, d)
  if (seller === null || leadSource === null) {
    record.problem = seller === null ? 'nobody sells' : 'leadSource'
    return
  }
  const form = {
    accountId,
    name,
    ...(region === null ? {} : { region: region.slice(0, 60) }),
    ...(creditCode === null ? {} : { creditCode }),
    ...(parentId === null ? {} : { parentId }),
    leadSource,
    ...(manager === null ? {} : { manager }),
  }
  let admission = ''
  const opened = await perform(
    stage,
    { kind: 'admission', id: accountId, accountId, command: 'open', actor: seller },
    async () => {
      const result = await stage.governance.admission.open(form, { actor: seller, idempotencyKey: stage.key() })
      admission = result.admission
      return result
    },
  )
  if (!opened.ok) {
    record.problem = opened.refusals.map((r) => r.code).join(', ')
    record.refusals = opened.refusals
    return
  }
  record.id = admission
  record.openedAt = stage.now()
  stage.book.moved.add(accountId)
  const hand = handOf(stage, stage.governance.admission, { kind: 'admission', id: admission, accountId }, d)
  if (known !== null && application.classes.length > 0) follow(hand, application, known, seller)
}

function follow(hand: AdmissionHand, application: RecordedApplication, known: Known, seller: string): void {
  const { stage, d, send, plan, later } = hand
  const { policy, people } = stage
  const { accountId, contract, committee } = application
  const evidence = evidenceOf('admissions', hand.id)
  const trial = d.next()
  let sentBack = false

  const register = async (): Promise<void> => {
    const done = await send(
      {
        type: 'submitRegistration',
        legalName: application.name,
        ...(application.creditCode === null ? {} : { creditCode: application.creditCode }),
        industry: known.industry,
        size: known.size,
        ...(application.region === null ? {} : { region: application.region.slice(0, 60) }),
        contact: 'on file',
        needDescription: known.need,
        need: { annualVolume: known.annualVolume, growthPotential: known.growthPotential },
        intent: 'A lasting cooperation',
      },
      seller,
    )
    if (done.ok) plan(later(1, 3), report)
  }

  const report = async (): Promise<void> => {
    const done = await send(
      {
        type: 'recommend',
        qualification: {
          lawfulOperation: known.lawful,
          goodReputation: known.reputation,
          noMajorViolation: !known.violations,
          evidence,
        },
        need: { annualVolume: known.annualVolume, growthPotential: known.growthPotential, evidence },
        willingness: { score: known.willingness, evidence },
        finance: {
          paidInCapital: known.paidInCapital,
          overdueDays: known.overdueDays,
          stableYears: known.stableYears,
          evidence,
        },
        classes: [...application.classes],
        terms: termsOf(contract),
      },
      seller,
    )
    if (!done.ok) return
    if (done.state === 'inCommittee') await toCommittee()
    else plan(later(1, 3), screenedOut)
  }

  const screenedOut = async (): Promise<void> => {
    const { exception } = application
    if (exception === null) {
      await send(
        { type: 'concludeScreening', reason: 'The basic conditions are not met' },
        people.one(['sales.head', 'keyAccounts.head'], accountId, d),
      )
      return
    }
    const done = await send(
      { type: 'requestException', reason: exception, evidence },
      people.one(['keyAccounts.head', 'sales.head'], accountId, d),
    )
    if (done.ok) await toCommittee()
  }

  const toCommittee = async (): Promise<void> => {
    // Whoever brought the application has no vote on it: tried now and then.
    const basis = (await hand.view())?.approvals['admission']?.basis
    if (trial < 0.25 && !sentBack && basis !== undefined)
      await send(vote({ decision: 'approve', comment: 'Mine' }, basis), seller, true)
    castVotes(hand, { approval: 'admission', gap: [0.2, 0.9], ballot, command: vote, decided })
    if (committee === 'withdrawn') plan(later(1.2, 2), withdraw)
  }

  const ballot = (n: number): Ballot => {
    if (committee === 'sentBack' && !sentBack && n === 1) return { decision: 'sendBack', comment: 'Please add the balance sheet' }
    if (committee === 'rejected' && n > 0)
      return { decision: 'reject', comment: 'Too small a need, and little wish to cooperate' }
    // Who votes first says what the exception depends on.
    return { decision: 'approve', comment: application.exception !== null && n === 0 ? onCondition : 'The need is clear' }
  }

  const vote = ({ decision, comment }: Ballot, basis: string): Sendable => {
    const aspect = decision === 'approve' ? 'met' : 'doubtful'
    return {
      type: 'vote',
      approval: 'admission',
      decision,
      comment,
      basis,
      aspects: {
        qualification: 'met',
        need: aspect,
        willingness: aspect,
        finance: application.exception === null ? 'met' : 'doubtful',
      },
      ...(comment === onCondition
        ? { conditions: [{ text: 'What the exception rests on is in writing', dueAt: stage.now() + 14 * day }] }
        : {}),
    }
  }

  const decided = (state: string): void => {
    if (state === 'registering') {
      sentBack = true
      plan(later(2, 5), register)
    }
    if (state === 'assigningTeam') plan(later(0.5, 2), assignTeam)
  }

  const withdraw = async (): Promise<void> => {
    await send({ type: 'withdraw', saidBy: 'the customer', reason: 'Another supplier was chosen', evidence }, seller)
  }

  const assignTeam = async (): Promise<void> => {
    const { team } = policy.admission
    const accountManager = people.holders(team.accountManager, accountId).includes(seller)
      ? seller
      : people.one([team.accountManager], accountId, d)
    const [marketingSpecialist, productManager, serviceRepresentative] = [
      people.one([team.marketingSpecialist], accountId, d),
      people.one([team.productManager], accountId, d),
      people.one([team.serviceRepresentative], accountId, d),
    ]
    const head = people.one(['keyAccounts.head', 'kaGroup.head'], accountId, d)
    if (accountManager === null || marketingSpecialist === null || productManager === null || serviceRepresentative === null)
      return
    const four = { accountManager, marketingSpecialist, productManager, serviceRepresentative }
    if (trial > 0.8) await send({ type: 'assignTeam', ...four, productManager: accountManager }, head, true)
    const done = await send({ type: 'assignTeam', ...four }, head)
    if (!done.ok) return
    plan(later(3, 6), meetConditions)
    if (contract === null) return
    plan(Math.max(later(7, 9), officeTime(stage, stage.zone.toInstant(Date.parse(contract.from)), d)), sign)
  }

  const meetConditions = async (): Promise<void> => {
    const conditions = (await hand.view())?.context.conditions ?? []
    for (const { id, met, waived } of conditions)
      if (met === null && waived === null) await send({ type: 'meetCondition', condition: id, evidence }, seller)
  }

  const sign = async (): Promise<void> => {
    const view = await hand.view()
    if (view?.state !== 'contracting' || contract === null) return
    const terms = termsOf(contract)
    const done = await send(
      {
        type: 'sign',
        reference: `${hand.id}-contract`,
        signedOn: stage.zone.dateOf(stage.now()),
        from: contract.from,
        to: contract.to,
        terms,
        clauses: {
          rightsAndDuties: 'Clauses 1 to 4',
          content: 'Clause 5',
          priceTerms: 'Annex A',
          serviceStandard: 'Annex B',
          breachTerms: 'Clause 9',
        },
        evidence,
        basis: view.basis,
      },
      seller,
    )
    if (!done.ok || done.state !== 'established') return
    stage.book.keyAccounts.add(accountId)
    if (!stage.book.since.has(accountId)) stage.book.since.set(accountId, contract.from)
    stage.book.governed.add(accountId)
  }

  plan(later(0.5, 2), register)
}

/** Terms for as long as the contract runs; a year where none is recorded. The rest is simulated: the files do not hold it. */
function termsOf(contract: RecordedApplication['contract']): Terms {
  return {
    contractMonths: contract === null ? 12 : monthsBetween(contract.from, contract.to),
    paymentDays: 60,
    serviceStandard: 'As the tier provides',
    priceTerms: 'List price less the agreed discount',
  }
}

/** The fewest whole months that hold both days. */
function monthsBetween(from: string, to: string): number {
  const [a, b] = [new Date(from), new Date(Date.parse(to) + day)]
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
  return Math.min(120, Math.max(1, months + (b.getUTCDate() > a.getUTCDate() ? 1 : 0)))
}
