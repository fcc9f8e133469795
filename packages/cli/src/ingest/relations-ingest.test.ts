import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { assetPath } from '../assets.ts'
import { BrokenFileError, type RejectedRow } from './finding.ts'
import { ingest } from './ingest.ts'
import { loadMapping } from './load-mapping.ts'
import type { Portfolio } from './portfolio.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const base = {
  'accounts.csv':
    'account_id,name,name_zh,region,parent_id,relationship_start,key_account,tier,manager,oldest_overdue_days\nA1,Acme,,east,,2019-01-01,yes,B,u-liu,0\nA2,Beta,,east,,2019-01-01,no,C,u-liu,0\n',
  'orders.csv': 'account_id,order_id,date,amount,currency\nA1,o1,2024-01-02,10.00,CNY\n',
}

async function read(files: {
  readonly [name: string]: string
}): Promise<{ readonly portfolio: Portfolio; readonly rejected: readonly string[] }> {
  const dir = await mkdtemp(join(tmpdir(), 'ka-relations-'))
  folders.push(dir)
  for (const [name, content] of Object.entries({ ...base, ...files })) await writeFile(join(dir, name), content)
  const found: RejectedRow[] = []
  const portfolio = await ingest({
    dir,
    mappings: [await loadMapping(assetPath('mappings/standard.yaml'))],
    onRejected: (row) => void found.push(row),
  })
  for (const t of portfolio.tallies) {
    expect(t.used + t.rejected + Object.values(t.ignored).reduce((a, b) => a + b, 0)).toBe(t.rows)
  }
  return { portfolio, rejected: found.map((r) => `${String(r.line)} ${r.code} ${r.column ?? ''}`) }
}

/** A file of some columns' values; the others are blank. */
const table = (header: string, rows: readonly { readonly [column: string]: string }[]): string =>
  `${header}\n${rows
    .map((row) =>
      header
        .split(',')
        .map((c) => (/[",\n]/.test(row[c] ?? '') ? `"${(row[c] ?? '').replaceAll('"', '""')}"` : (row[c] ?? '')))
        .join(','),
    )
    .join('\n')}\n`

const prospectHead =
  'account_id,name,name_zh,region,credit_code,parent_id,lead_source,applied_on,industry,size,need,annual_volume,currency,growth_potential,willingness,paid_in_capital,overdue_days,stable_years,lawful,reputation,violations,classes,contract_from,contract_to,manager,committee,exception'
const prospects = (...rows: readonly { readonly [column: string]: string }[]): { readonly [name: string]: string } => ({
  'prospects.csv': table(prospectHead, rows),
})
const sound = { account_id: 'P1', name: 'New', applied_on: '2024-03-04' }

describe('applications [ADM-05]', () => {
  it('are read as they stand; a blank cell is not known, and never zero or no', async () => {
    const { portfolio, rejected } = await read(
      prospects(
        {
          ...sound,
          annual_volume: '2,500,000.50',
          currency: 'EUR',
          growth_potential: '70',
          lawful: '是',
          violations: 'no',
          classes: 'a; b ;',
          contract_from: '2024-06-01',
          contract_to: '2025-05-31',
          size: 'large',
          committee: 'sentBack',
        },
        { account_id: 'A2', applied_on: '2024-04-01' },
      ),
    )
    expect(rejected).toEqual([])
    expect(portfolio.applications[0]).toMatchObject({
      accountId: 'P1',
      annualVolume: { currency: 'EUR', minor: 250_000_050 },
      growthPotential: 70,
      willingness: null,
      paidInCapital: null,
      overdueDays: null,
      lawful: true,
      reputation: null,
      violations: false,
      classes: ['a', 'b'],
      contract: { from: '2024-06-01', to: '2025-05-31' },
      committee: 'sentBack',
      exception: null,
    })
    // A customer that applies keeps what the account file says of it.
    expect(portfolio.applications[1]).toMatchObject({ accountId: 'A2', name: 'Beta', contract: null, committee: 'approved' })
  })

  it('make an account of who is none yet, whose orders then count', async () => {
    const { portfolio } = await read({
      ...prospects(sound),
      'orders.csv': 'account_id,order_id,date,amount,currency\nP1,o1,2024-07-02,10.00,CNY\n',
    })
    expect(portfolio.accounts.map((a) => [a.accountId, a.isProspect, a.isKeyAccount, a.purchases.length])).toEqual([
      ['A1', false, true, 0],
      ['A2', false, false, 0],
      ['P1', true, false, 1],
    ])
  })

  it('that cannot be used are rejected with line, reason and column', async () => {
    const { rejected, portfolio } = await read(
      prospects(
        { ...sound, account_id: '' },
        { ...sound, applied_on: '2024-02-30' },
        { ...sound, annual_volume: '-5' },
        { ...sound, annual_volume: '1e' },
        { ...sound, annual_volume: '5', currency: 'XQZ' },
        { ...sound, willingness: '101' },
        { ...sound, growth_potential: '70.5' },
        { ...sound, overdue_days: 'many' },
        { ...sound, lawful: 'perhaps' },
        { ...sound, size: 'huge' },
        { ...sound, committee: 'yes please' },
        { ...sound, contract_from: '2024-06-01' },
        { ...sound, contract_from: '2024-06-01', contract_to: '2024-05-31' },
        { ...sound, contract_from: '2024-01-01', contract_to: '2024-12-31' },
        { ...sound, name: 'x'.repeat(201) },
        { ...sound, need: 'bell\u0007' },
        { ...sound, classes: Array.from({ length: 51 }, (_, i) => `c${String(i)}`).join(';') },
        sound,
        sound,
        { ...sound, name: 'Other' },
        { ...sound, account_id: '__proto__', name: '=1+1' },
      ),
    )
    expect(rejected).toEqual([
      '2 value_missing account_id',
      '3 date_malformed applied_on',
      '4 number_out_of_range annual_volume',
      '5 number_malformed annual_volume',
      '6 currency_unknown currency',
      '7 number_out_of_range willingness',
      '8 number_out_of_range growth_potential',
      '9 number_malformed overdue_days',
      '10 value_unknown lawful',
      '11 value_unknown size',
      '12 value_unknown committee',
      '13 value_missing contract_to',
      '14 times_out_of_order contract_to',
      '15 times_out_of_order contract_from',
      '16 value_too_long name',
      '17 control_character need',
      '18 value_too_long classes',
      '21 conflicting_rows account_id',
    ])
    expect(portfolio.tallies.find((t) => t.section === 'prospects')).toMatchObject({
      rows: 21,
      used: 2,
      rejected: 18,
      ignored: { duplicate: 1 },
    })
    expect(portfolio.accounts.map((a) => a.accountId)).toContain('__proto__')
  })

  it('a header without a mapped column breaks the file', async () => {
    await expect(read({ 'prospects.csv': 'account_id,applied_on\nP1,2024-03-04\n' })).rejects.toBeInstanceOf(BrokenFileError)
  })
})

const projectHead =
  'project_id,account_id,registered_on,name,scope,milestones,end_date,resources,quality_standard,budget,currency,leader,departments,closed_on'
const project = {
  project_id: 'J1',
  account_id: 'A1',
  registered_on: '2024-02-01',
  scope: 'One line',
  milestones: 'Design, first@2024-03-01; Trial@home@2024-05-01',
  end_date: '2024-06-30',
  resources: 'Fitters=4 of ours; Crane',
  quality_standard: 'ISO',
  budget: '1000.00',
}
const changeHead =
  'change_id,project_id,applied_on,reason,scope,milestones,end_date,resources,quality_standard,budget,currency,departments,emergency,approved,consent,implemented_on,verified_ok'
const change = { change_id: 'C1', project_id: 'J1', applied_on: '2024-03-01', end_date: '2024-07-31' }

describe('projects and their changes [PRJ-06, CHG-01]', () => {
  const both = (
    projects: readonly { readonly [column: string]: string }[],
    changes: readonly { readonly [column: string]: string }[],
  ): { readonly [name: string]: string } => ({
    'projects.csv': table(projectHead, projects),
    'changes.csv': table(changeHead, changes),
  })

  it('a baseline is complete, a change holds only what changes', async () => {
    const { portfolio, rejected } = await read(both([project], [{ ...change, emergency: 'yes', consent: 'no' }]))
    expect(rejected).toEqual([])
    expect(portfolio.projects[0]?.baseline).toEqual({
      scope: 'One line',
      milestones: [
        { name: 'Design, first', date: '2024-03-01' },
        { name: 'Trial@home', date: '2024-05-01' },
      ],
      endDate: '2024-06-30',
      resources: [{ name: 'Fitters', amount: '4 of ours' }, { name: 'Crane' }],
      qualityStandard: 'ISO',
      budget: { currency: 'CNY', minor: 100_000 },
    })
    expect(portfolio.changes[0]).toMatchObject({
      changed: { endDate: '2024-07-31' },
      emergency: true,
      approved: true,
      consent: false,
      verifiedOk: null,
      implementedOn: null,
    })
  })

  it('that cannot be used are rejected with line, reason and column', async () => {
    const { rejected } = await read(
      both(
        [
          project,
          { ...project, project_id: 'J2', account_id: 'X' },
          { ...project, project_id: 'J2', scope: '' },
          { ...project, project_id: 'J2', budget: '' },
          { ...project, project_id: 'J2', milestones: 'Trial' },
          { ...project, project_id: 'J2', milestones: 'Trial@soon' },
          { ...project, project_id: 'J2', milestones: 'Trial@2024-05-01; Trial@2024-05-02' },
          { ...project, project_id: 'J2', resources: '=4' },
          { ...project, project_id: 'J2', closed_on: '2024-01-01' },
          { ...project, scope: 'Two lines' },
          project,
        ],
        [
          change,
          { ...change, change_id: 'C2', project_id: 'J2' },
          { ...change, change_id: 'C2', end_date: '' },
          { ...change, change_id: 'C2', applied_on: '2024-01-01' },
          { ...change, change_id: 'C2', implemented_on: '2024-02-15' },
          { ...change, change_id: 'C2', consent: 'later' },
          { ...change, end_date: '2024-08-31' },
        ],
      ),
    )
    expect(rejected).toEqual([
      '3 account_unknown account_id',
      '4 value_missing scope',
      '5 value_missing budget',
      '6 value_missing milestones',
      '7 date_malformed milestones',
      '8 conflicting_rows milestones',
      '9 value_missing resources',
      '10 times_out_of_order closed_on',
      '11 conflicting_rows project_id',
      '3 project_unknown project_id',
      '4 value_missing scope',
      '5 times_out_of_order applied_on',
      '6 times_out_of_order implemented_on',
      '7 value_unknown consent',
      '8 conflicting_rows change_id',
    ])
  })
})

describe('relations [I-37, I-38, I-39]', () => {
  const events = (...rows: readonly string[]): { readonly [name: string]: string } => ({
    'relations.csv': `account_id,on,event,to,reason\n${rows.join('\n')}\n`,
  })

  it('are read in order of their days', async () => {
    const { portfolio, rejected } = await read(
      events('A1,2024-05-01,resume,,', 'A1,2024-03-01,suspend,,works', 'A2,2024-04-01,parent,,left the group'),
    )
    expect(rejected).toEqual([])
    expect(portfolio.relations.map((r) => [r.on, r.event, r.to])).toEqual([
      ['2024-03-01', 'suspend', null],
      ['2024-04-01', 'parent', null],
      ['2024-05-01', 'resume', null],
    ])
  })

  it('that cannot be used are rejected with line, reason and column', async () => {
    const { rejected, portfolio } = await read(
      events(
        'X,2024-03-01,suspend,,',
        'A1,2024-03-01,went away,,',
        'A1,2024-03-01,__proto__,,',
        'A1,2024-03-01,renewed,,',
        'A1,2024-03-01,renewed,next year,',
        'A1,2024-03-01,merged-into,,',
        'A1,2024-03-01,merged-into,X,',
        'A1,2024-03-01,merged-into,A1,',
        'A1,,suspend,,',
        'A1,2024-03-01,suspend,,',
        'A1,2024-03-01,suspend,,',
      ),
    )
    expect(rejected).toEqual([
      '2 account_unknown account_id',
      '3 value_unknown event',
      '4 value_unknown event',
      '5 value_missing to',
      '6 date_malformed to',
      '7 value_missing to',
      '8 account_unknown to',
      '9 value_unknown to',
      '10 value_missing on',
    ])
    expect(portfolio.tallies.find((t) => t.section === 'relations')).toMatchObject({ used: 1, ignored: { duplicate: 1 } })
  })
})

describe('the optional inputs', () => {
  it('may be missing, without a note', async () => {
    const { portfolio } = await read({})
    expect([portfolio.applications, portfolio.projects, portfolio.changes, portfolio.relations]).toEqual([[], [], [], []])
    expect(portfolio.notes.map((n) => n.code).filter((c) => /prospects|projects|changes|relations/.test(c))).toEqual([])
  })
})
