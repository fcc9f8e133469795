import assert from 'node:assert/strict'
import { act, approve, basisOf, clock, governance, on } from './cast.ts'

const evidence = [{ uri: 'dms:4711' }]
const yuan = (amount: number) => ({ currency: 'CNY', minor: amount * 100 })
const ledger = governance.account.idOf('hx')
const committee = ['u-wang', 'u-novak', 'u-zhao', 'u-okafor', 'u-lin']
const met = { qualification: 'met', need: 'met', willingness: 'met', finance: 'met' } as const

/** A lead applies, is screened, admitted by the four departments and the head, gets its team, and signs. */
async function admission(from: string, to: string, contract: string, months: number): Promise<void> {
  const opened = await governance.admission.open(
    {
      accountId: 'hx',
      name: '华星零部件 Huaxing Components',
      creditCode: '91310000MA1FL0XX1A',
      leadSource: 'fair',
      manager: 'u-liu',
    },
    { actor: 'u-liu' },
  )
  assert.ok(opened.ok)
  const id = opened.admission
  await act('admission', id, 'u-liu', {
    type: 'submitRegistration',
    legalName: '上海华星零部件有限公司',
    industry: 'Rail vehicles',
    size: 'large',
    contact: '李女士 Ms Li, +86 21 5555 0100',
    needDescription: 'Brake discs for two new lines',
    need: { annualVolume: yuan(4_000_000), growthPotential: 80 },
    intent: 'A framework contract over several years',
  })
  const terms = { contractMonths: months, paymentDays: 60, serviceStandard: 'level 2', priceTerms: 'list price less 3 %' }
  await act('admission', id, 'u-liu', {
    type: 'recommend',
    qualification: { lawfulOperation: true, goodReputation: true, noMajorViolation: true, evidence },
    need: { annualVolume: yuan(4_000_000), growthPotential: 80, evidence },
    willingness: { score: 80, evidence },
    finance: { paidInCapital: yuan(30_000_000), overdueDays: 5, stableYears: 11, evidence },
    classes: ['scaleDominant'],
    terms,
  })
  await approve('admission', id, 'admission', committee, { aspects: met })
  await act('admission', id, 'u-sun', {
    type: 'assignTeam',
    accountManager: 'u-liu',
    marketingSpecialist: 'u-wu',
    productManager: 'u-peters',
    serviceRepresentative: 'u-huang',
  })
  await on(`${from}T09:00:00`)
  await act('admission', id, 'u-liu', {
    type: 'sign',
    reference: contract,
    signedOn: from,
    from,
    to,
    terms,
    clauses: { rightsAndDuties: '§ 2', content: '§ 1', priceTerms: '§ 4', serviceStandard: '§ 5', breachTerms: '§ 9' },
    evidence,
    basis: await basisOf('admission', id),
  })
}

/** Spring 2022: a lead from a fair becomes a key account. */
export const prospect = async (): Promise<void> => admission('2022-06-01', '2025-05-31', 'KA-2022-31', 36)

/** 2023: a project with a baseline, and a change that takes the way it must. */
export async function project(): Promise<void> {
  await on('2023-09-04T09:00:00')
  const opened = await governance.project.open(
    {
      accountId: 'hx',
      projectId: 'brake-line',
      name: 'Brake disc line 2',
      needConfirmation: evidence,
      feasibility: evidence,
      leader: 'u-peters',
      departments: ['product', 'technical'],
    },
    { actor: 'u-liu' },
  )
  assert.ok(opened.ok)
  const content = {
    scope: 'Series supply of brake discs for line 2',
    milestones: [{ id: 'samples', name: 'First samples', date: '2023-12-15' }],
    endDate: '2024-03-29',
    resources: [{ name: 'Casting cell 4' }],
    qualityStandard: 'EN 15085',
    budget: yuan(1_200_000),
  }
  await act('project', opened.id, 'u-peters', { type: 'registerBaseline', content })
  await approve('project', opened.id, 'plan', ['u-wang', 'u-novak', 'u-lin'])

  await on('2023-11-06T09:00:00')
  const change = await governance.projectChange.open(
    { projectId: 'brake-line', title: 'A second casting cell' },
    { actor: 'u-peters' },
  )
  assert.ok(change.ok)
  await act('projectChange', change.id, 'u-peters', {
    type: 'apply',
    reason: 'The customer wants its first samples earlier',
    content: { ...content, resources: [{ name: 'Casting cell 4' }, { name: 'Casting cell 6' }] },
    departments: ['technical'],
  })
  // Not yet approved: nobody may implement it [CHG-02].
  const implement = async () => ({
    type: 'implement' as const,
    note: 'Cell 6 set up',
    evidence,
    basis: await basisOf('projectChange', change.id),
  })
  await act('projectChange', change.id, 'u-peters', await implement(), true)
  await act('projectChange', change.id, 'u-tang', {
    type: 'assess',
    dimension: 'cost',
    impact: 'Cell 6 is free until April',
    magnitude: 'low',
  })
  await approve('projectChange', change.id, 'change', ['u-liu', 'u-smith', 'u-tang'])
  await act('projectChange', change.id, 'u-liu', {
    type: 'consent',
    givenBy: '李女士 Ms Li',
    evidence,
    basis: await basisOf('projectChange', change.id),
  })
  await act('projectChange', change.id, 'u-peters', await implement())
  await act('projectChange', change.id, 'u-tang', {
    type: 'verify',
    ok: true,
    findings: 'Samples on 8 December',
    evidence,
    basis: await basisOf('projectChange', change.id),
  })
  await on('2024-04-02T09:00:00')
  await act('project', opened.id, 'u-peters', {
    type: 'closeProject',
    selfChecked: true,
    summaryReport: evidence,
    acceptanceReport: evidence,
    acceptedBy: '李女士 Ms Li',
    lessons: 'Book the second cell at the start',
  })
}

/** Spring 2024: a complaint, answered in time and confirmed by the customer. */
export async function complaint(): Promise<void> {
  await on('2024-05-13T09:30:00')
  const opened = await governance.complaint.open(
    {
      accountId: 'hx',
      matter: 'Discs of batch 1107 are out of round',
      contact: '李女士 Ms Li',
      expectedSolution: 'Replacement within a week',
      channel: 'hotline',
      severity: 'major',
      about: 'product',
      receivedAt: clock.now(),
    },
    { actor: 'u-huang' },
  )
  const { id } = opened
  await act('complaint', id, 'u-huang', { type: 'forward', department: 'product' })
  await act('complaint', id, 'u-peters', { type: 'accept' })
  await act('complaint', id, 'u-qian', { type: 'determine', cause: 'Worn chuck', responsibleParty: 'Machining', evidence })
  await act('complaint', id, 'u-peters', { type: 'plan', measures: 'Replace batch 1107, new chuck' })
  await on('2024-05-17T10:00:00')
  await act('complaint', id, 'u-peters', { type: 'complete', result: 'Replaced', customerToldAt: clock.now() })
  await act('complaint', id, 'u-huang', {
    type: 'customerSatisfied',
    saidBy: '李女士 Ms Li',
    evidence,
    basis: await basisOf('complaint', id),
  })
  await act('complaint', id, 'u-huang', {
    type: 'archive',
    lessons: 'Chucks are checked each shift',
    prevention: { measure: 'Gauge at the machine', owner: 'u-tang' },
  })
  // Months later: does the measure work [CPL-07]?
  await on('2024-07-15T10:00:00')
  await act('complaint', id, 'u-garcia', { type: 'checkPrevention', effective: true, finding: 'No disc out of round since' })
}

/** Summer 2024: the half-yearly review lifts the account from B to A. */
export async function riseToA(): Promise<void> {
  await on('2024-08-05T09:00:00')
  const [reviewed] = await Array.fromAsync(governance.review({ cycle: '2024-H1', actor: 'u-novak' }))
  assert.equal(reviewed?.status, 'opened')
  const id = reviewed.instanceId
  await act('tierAdjustment', id, 'u-wu', { type: 'propose', to: 'A', reason: 'The rail business has opened a new field' })
  await approve('tierAdjustment', id, 'review', ['u-wang', 'u-okafor'])
  await approve('tierAdjustment', id, 'decision', ['u-chen', 'u-brandt'])
  await on('2024-09-02T09:00:00')
  assert.equal((await governance.account.get(ledger))?.context.tier, 'A')
}

/** 2025: the contract runs out, the customer builds a foundry of its own and leaves. */
export async function exit(): Promise<void> {
  await on('2025-03-03T09:00:00')
  await act('account', ledger, 'u-wang', {
    type: 'endByCustomer',
    reason: 'The customer casts its discs itself from June on',
    evidence,
    lastDay: '2025-05-31',
  })
  await on('2025-06-10T09:00:00')
  await act('account', ledger, 'u-wang', {
    type: 'completeExit',
    receivablesSettled: true,
    complaintsClosed: true,
    projectsClosed: true,
    consignedStockReturned: true,
    noticeGiven: true,
    evidence,
  })
}

/** End of 2025: the foundry disappoints. Too early first; then a prospect again, with everything that belongs to it. */
export async function back(): Promise<void> {
  await on('2025-08-04T09:00:00')
  const readmit = { type: 'readmit', reason: 'Its own castings fail the brake test', evidence } as const
  await act('account', ledger, 'u-wang', readmit, true)
  await on('2025-12-08T09:00:00')
  await act('account', ledger, 'u-wang', readmit)
  await admission('2026-01-05', '2028-01-04', 'KA-2026-02', 24)
}
