import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunSummary } from '../output/summary.ts'
import { runPortfolio } from '../run-portfolio.ts'

const long = 'x'.repeat(200)
const hostile = '=HYPERLINK("http://x") <script>alert(1)</script>'
const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const table = (header: string, rows: readonly { readonly [column: string]: string }[]): string =>
  `${header}\n${rows
    .map((row) =>
      header
        .split(',')
        .map((c) => cell(row[c] ?? ''))
        .join(','),
    )
    .join('\n')}\n`

const applicant = {
  name: hostile,
  lead_source: 'fair',
  applied_on: '2024-03-04',
  industry: hostile,
  size: 'large',
  need: hostile,
  annual_volume: '5000000',
  growth_potential: '80',
  willingness: '80',
  paid_in_capital: '9000000',
  overdue_days: '0',
  stable_years: '5',
  lawful: 'yes',
  reputation: 'yes',
  violations: 'no',
  classes: 'industryLeader',
}
const project = {
  account_id: 'A1',
  registered_on: '2024-02-05',
  name: hostile,
  scope: hostile,
  milestones: 'Trial@2024-05-31',
  end_date: '2024-06-28',
  quality_standard: 'ISO',
  budget: '1000000',
  leader: 'u-peters',
  departments: 'technical',
}

/** Data of which the policy lets little pass: nothing of it may stop the run, and everything is told. */
const files = {
  'accounts.csv':
    'account_id,name,name_zh,region,parent_id,relationship_start,key_account,tier,manager,oldest_overdue_days\nA1,Acme,,east,,2019-01-01,yes,B,u-liu,0\nA2,Beta,,east,,2019-01-01,yes,C,nobody,0\n',
  'orders.csv': 'account_id,order_id,date,amount,currency\nA1,o1,2024-01-02,10.00,CNY\n',
  'prospects.csv': table(
    'account_id,name,name_zh,region,credit_code,parent_id,lead_source,applied_on,industry,size,need,annual_volume,currency,growth_potential,willingness,paid_in_capital,overdue_days,stable_years,lawful,reputation,violations,classes,contract_from,contract_to,manager,committee,exception',
    [
      { ...applicant, account_id: 'P1', lead_source: 'astrology' },
      { ...applicant, account_id: 'P2', lead_source: '' },
      { ...applicant, account_id: 'P3', classes: 'nobility' },
      { ...applicant, account_id: 'P4', annual_volume: '5000000', currency: 'USD' },
      { ...applicant, account_id: long, region: long, contract_from: '2024-04-01', contract_to: '2025-03-31' },
      // A key account already.
      { ...applicant, account_id: 'A1' },
      { ...applicant, account_id: '__proto__', contract_from: '2024-04-01', contract_to: '2025-03-31', manager: 'nobody' },
    ],
  ),
  'projects.csv': table(
    'project_id,account_id,registered_on,name,scope,milestones,end_date,resources,quality_standard,budget,currency,leader,departments,closed_on',
    [
      { ...project, project_id: 'J1' },
      { ...project, project_id: long },
      { ...project, project_id: 'J2', departments: 'astrology' },
      { ...project, project_id: 'J3', milestones: 'Trial@2030-01-01' },
      { ...project, project_id: 'J4', account_id: 'P1' },
      { ...project, project_id: 'J5', leader: 'nobody', departments: '' },
    ],
  ),
  'changes.csv': table(
    'change_id,project_id,applied_on,reason,scope,milestones,end_date,resources,quality_standard,budget,currency,departments,emergency,approved,consent,implemented_on,verified_ok',
    [
      { change_id: 'C1', project_id: 'J1', applied_on: '2024-03-04', reason: hostile, scope: hostile },
      { change_id: 'C2', project_id: 'J1', applied_on: '2024-03-05', scope: 'Other', departments: 'astrology' },
      { change_id: 'C3', project_id: 'J2', applied_on: '2024-03-05', scope: 'Other' },
      { change_id: long, project_id: 'J1', applied_on: '2024-03-06', end_date: '2024-03-01', reason: long },
      { change_id: 'C5', project_id: 'J1', applied_on: '2024-02-05', scope: 'Too early', consent: 'yes' },
    ],
  ),
  'relations.csv': table('account_id,on,event,to,reason', [
    { account_id: 'P2', on: '2024-03-04', event: 'suspend' },
    { account_id: 'A1', on: '2024-03-04', event: 'resume', reason: hostile },
    { account_id: 'A1', on: '2024-03-04', event: 'exited' },
    { account_id: 'A1', on: '2024-03-04', event: 'parent', to: '' },
    { account_id: 'A1', on: '2024-03-04', event: 'merged-into', to: 'P2' },
    { account_id: 'A1', on: '2024-03-05', event: 'renewed', to: '2020-01-01' },
    { account_id: 'A2', on: '2024-03-05', event: 'handover', to: 'nobody' },
    { account_id: 'A2', on: '2024-03-06', event: 'suspend', reason: hostile },
  ]),
}

describe('files that the policy lets little of pass', () => {
  let dir = ''
  let summary: RunSummary
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ka-relations-run-'))
    for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content)
    summary = await runPortfolio({ data: dir, policy: 'manufacturer-cn', out: join(dir, 'out') })
  }, 120_000)
  afterAll(() => rm(dir, { recursive: true, force: true }))
  const rows = async (name: string): Promise<string[]> => (await readFile(join(dir, 'out', name), 'utf8')).split('\r\n')

  it('never stop the run, and the journal verifies', () => {
    expect(summary.journal.verified).toBe(true)
    expect(summary.data).toMatchObject({ addsUp: true, rejected: 0 })
  })

  it('applications that cannot go on stand where they are, with the reason', async () => {
    expect(summary.admissions.applications.map((a) => [a.accountId.slice(0, 9), a.state])).toEqual([
      ['A1', 'notOpened'],
      ['P1', 'notOpened'],
      ['P2', 'notOpened'],
      ['P3', 'screening'],
      ['P4', 'screening'],
      ['__proto__', 'established'],
      ['xxxxxxxxx', 'established'],
    ])
    const table = await rows('admissions.csv')
    expect(table.find((r) => r.startsWith('P2,'))).toContain('leadSource')
    expect(table.find((r) => r.startsWith('P3,'))).toContain('nobility')
    expect(table.find((r) => r.startsWith('P4,'))).toContain('exchangeRates')
    for (const row of table) expect(row).not.toMatch(/(^|,)"?[=+@]/)
  })

  it('projects and changes that are refused are told with the reason', async () => {
    const { states } = summary.projects.changes
    expect(states.reduce((n, s) => n + s.count, 0)).toBe(5)
    const projects = await rows('projects.csv')
    expect(projects.find((r) => r.startsWith('J2,'))).toContain('astrology')
    expect(projects.find((r) => r.startsWith('J3,'))).toContain(',planning,')
    expect(projects.find((r) => r.startsWith('J4,'))).toContain(',notOpened,')
    const changes = await rows('changes.csv')
    expect(changes.find((r) => r.startsWith('C2,'))).toContain('astrology')
    expect(changes.find((r) => r.startsWith('C3,'))).toContain(',notOpened,')
  })

  it('events that cannot be are refused, and those of nobody under governance say so', async () => {
    const table = await rows('relations.csv')
    const outcome = (account: string, event: string): string | undefined =>
      table
        .find((r) => r.startsWith(`${account},`) && r.includes(`,file,${event},`))
        ?.match(/,(done|refused|pending|notGoverned),/)?.[1]
    expect(
      (['resume', 'exited', 'parent', 'merged-into', 'renewed'] as const).map((event) => [event, outcome('A1', event)]),
    ).toEqual([
      ['resume', 'refused'],
      ['exited', 'refused'],
      ['parent', 'refused'],
      ['merged-into', 'refused'],
      ['renewed', 'refused'],
    ])
    // Whoever is named there is no account manager [I-38].
    expect([outcome('P2', 'suspend'), outcome('A2', 'handover'), outcome('A2', 'suspend')]).toEqual([
      'notGoverned',
      'refused',
      'done',
    ])
  })

  it('no cell of the files becomes markup', async () => {
    const page = await readFile(join(dir, 'out', 'report.html'), 'utf8')
    expect(page).not.toContain('<script>alert')
    expect(page.match(/<script>/g)).toHaveLength(1)
  })
})
