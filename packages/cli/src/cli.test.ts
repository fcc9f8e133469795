import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCodes, runCli } from './cli.ts'
import type { RunSummary } from './output/summary.ts'

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'ka-cli-'))

async function cli(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = ''
  let err = ''
  const code = await runCli(args, { out: (t) => void (out += t), err: (t) => void (err += t), tty: false, color: false })
  return { code, out, err }
}

describe('the demonstration, end to end', () => {
  let dir = ''
  let summary: RunSummary
  beforeAll(async () => {
    dir = await folder()
    const { code, out, err } = await cli('run', '--out', dir, '--json')
    expect([code, err]).toEqual([exitCodes.ok, ''])
    summary = JSON.parse(out) as RunSummary
  }, 120_000)
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it('leaves every file that it names', async () => {
    expect((await readdir(dir)).sort()).toEqual([...summary.files].sort())
  })

  it('accounts for every row', async () => {
    expect(summary.data).toMatchObject({ addsUp: true, rejected: 7 })
    const rejected = (await readFile(join(dir, 'rejected.csv'), 'utf8')).trim().split('\r\n')
    expect(rejected).toHaveLength(1 + summary.data.rejected)
  })

  it('shows every tier, moves up and down, an exit, and clocks met and late', () => {
    const last = summary.cycles.at(-1)
    for (const tier of ['A', 'B', 'C', 'D'] as const) expect(last?.tiers[tier]).toBeGreaterThan(0)
    const sum = (pick: (c: RunSummary['cycles'][number]) => number): number => summary.cycles.reduce((n, c) => n + pick(c), 0)
    expect(sum((c) => c.up)).toBeGreaterThan(1)
    expect(sum((c) => c.down)).toBeGreaterThan(2)
    expect(sum((c) => c.exits)).toBe(1)
    const resolution = summary.clocks.find((c) => c.clock === 'resolution')
    expect(resolution?.met).toBeGreaterThan(60)
    expect(resolution?.late).toBeGreaterThan(5)
    expect(new Set(summary.refusals.byRule.map((r) => r.rule)).size).toBeGreaterThan(7)
    expect(summary.warnings).toBeGreaterThan(0)
  })

  it('admits, screens out, rejects, and lets expire [ADM-05 … ADM-10]', () => {
    const { applications, ...counts } = summary.admissions
    expect(counts).toEqual({
      total: 13,
      states: [
        { state: 'established', count: 6 },
        { state: 'expired', count: 2 },
        { state: 'notOpened', count: 2 },
        { state: 'rejected', count: 2 },
        { state: 'withdrawn', count: 1 },
      ],
      notInData: 1,
      byException: 1,
    })
    expect(applications.map((a) => [a.accountId, a.appliedOn, a.state, a.score])).toEqual([
      ['KH1105', '2024-02-19', 'rejected', 93.33],
      ['KH1101', '2024-03-04', 'established', 100],
      // A major violation weighs more than any score.
      ['KH1102', '2024-04-08', 'rejected', 75],
      ['KH1103', '2024-05-13', 'established', 91],
      ['KH1104', '2024-06-03', 'established', 100],
      // Too early after the rejection, and a lead that is another's.
      ['KH1105', '2024-06-11', 'notOpened', null],
      ['KH1107', '2024-09-02', 'notOpened', null],
      ['KH1105', '2024-11-04', 'established', 100],
      ['KH1042', '2024-12-02', 'established', 100],
      // Never signed, and what the files do not hold.
      ['KH1106', '2025-01-13', 'expired', 100],
      ['KH1108', '2025-03-10', 'expired', null],
      ['KH1109', '2025-04-14', 'withdrawn', 100],
      ['KH1041', '2025-09-08', 'established', 100],
    ])
    const rules = summary.refusals.byRule.map((r) => `${r.command} ${r.rule}`)
    expect(rules).toContain('admission.open mayApplyAgain')
    expect(rules).toContain('admission.open mayApplyForNoDuplicate')
  })

  it('changes baselines by approved changes only, each on the baseline that it was approved on [CHG-01, CHG-02]', async () => {
    const { changes, ...counts } = summary.projects
    expect(counts).toEqual({ total: 5, versions: 16 })
    expect(changes).toMatchObject({ total: 12, minor: 4, major: 8, emergencies: 2, overtaken: 1, changedBack: 2 })
    expect(changes.states).toEqual([
      { state: 'closed', count: 7 },
      { state: 'rejected', count: 2 },
      { state: 'rolledBack', count: 2 },
      { state: 'expired', count: 1 },
    ])
    const rules = summary.refusals.byRule.map((r) => `${r.command} ${r.rule} ${r.code}`)
    expect(rules).toContain('projectChange.implement mayImplementOnCurrentBaseline baseline_changed')
    const rows = (await readFile(join(dir, 'changes.csv'), 'utf8')).split('\r\n')
    // Three small steps: the third is major, because together they are.
    const row = (id: string): string => rows.find((r) => r.startsWith(`${id},`)) ?? ''
    expect(row('BG02')).toContain(',closed,minor,')
    expect(row('BG03')).toContain(',closed,minor,')
    expect(row('BG04')).toContain(',closed,major,endDate 13 > 10 working days,')
    expect(row('BG09')).toContain('notRatified,closed')
  })

  it('suspends, renews, ends, readmits, hands over, merges and blacklists [I-37 … I-39]', async () => {
    expect(summary.relations).toEqual({
      events: 12,
      done: 12,
      refused: 0,
      states: [
        { state: 'ka', count: 11 },
        { state: 'prospect', count: 3 },
        { state: 'lapsed', count: 2 },
        { state: 'blacklisted', count: 1 },
        { state: 'merged', count: 1 },
      ],
    })
    const rows = (await readFile(join(dir, 'relations.csv'), 'utf8')).split('\r\n')
    const life = (account: string): string[] =>
      rows.filter((r) => r.startsWith(`${account},`) && r.includes(',journal,')).map((r) => r.split(',')[4] ?? '')
    expect(life('KH1042')).toEqual(['endByCustomer', 'completeExit', 'readmit', 'openAdmission', 'admit', 'establish'])
    expect(life('KH1104')).toEqual(['openAdmission', 'admit', 'establish', 'lapsed'])
  })

  it('the journal holds every kind', async () => {
    const kinds = new Set(
      (await readFile(join(dir, 'journal.jsonl'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    )
    expect([...kinds].sort()).toEqual(['account', 'admission', 'complaint', 'project', 'project-change', 'tier-adjustment'])
  })

  it('leaves a journal that verifies, line by line', async () => {
    expect(summary.journal.verified).toBe(true)
    const lines = (await readFile(join(dir, 'journal.jsonl'), 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(summary.journal.entries)
    const heads = new Map<string, string>()
    for (const line of lines) {
      const entry = JSON.parse(line) as { instanceId: string; previousHash: string; hash: string }
      expect(entry.previousHash).toBe(heads.get(entry.instanceId) ?? entry.previousHash)
      heads.set(entry.instanceId, entry.hash)
    }
    expect(heads.size).toBe(summary.journal.instances)
  })

  it('gives the same journal and the same report again', async () => {
    const again = await folder()
    expect((await cli('run', '--out', again, '--quiet')).code).toBe(exitCodes.ok)
    for (const name of ['journal.jsonl', 'report.html', 'moves.csv']) {
      expect(await readFile(join(again, name), 'utf8')).toBe(await readFile(join(dir, name), 'utf8'))
    }
    await rm(again, { recursive: true, force: true })
  })
})

describe('exit codes and findings', () => {
  it('0: help, version of the lists', async () => {
    expect((await cli('--help')).code).toBe(exitCodes.ok)
    expect((await cli('mappings')).out).toContain('adventureworks')
    expect((await cli('policies')).out).toContain('manufacturer-cn')
  })

  it('2: a command line that does not fit', async () => {
    for (const args of [
      ['run', '--nonsense'],
      ['run', '--locale', 'fr'],
      ['run', '--max-complaints', 'many'],
      ['run', '--data', '.'],
      ['run', '--mapping', 'unheard-of'],
    ]) {
      const { code, err } = await cli(...args)
      expect([args, code]).toEqual([args, exitCodes.usage])
      expect(err).not.toMatch(/\n\s+at /)
    }
  })

  it('1: data, mapping or policy that cannot be used, with the place and what helps, without a stack', async () => {
    const dir = await folder()
    await writeFile(join(dir, 'accounts.csv'), 'account,name\n1,x\n')
    await writeFile(join(dir, 'orders.csv'), 'account_id,order_id,date,amount,currency\n')
    await writeFile(join(dir, 'bad.yaml'), 'id: x\n')
    const policy = ['--policy', 'manufacturer-cn', '--out', join(dir, 'out')]
    const data = await cli('run', '--data', dir, ...policy)
    expect(data.code).toBe(exitCodes.badInput)
    expect(data.err).toContain('accounts.csv:1 (account_id)')
    expect(data.err).toContain('→')
    const mapping = await cli('run', '--data', dir, '--mapping', join(dir, 'bad.yaml'), ...policy)
    expect([mapping.code, mapping.err.includes('timeZone')]).toEqual([exitCodes.badInput, true])
    const bad = await cli('run', '--data', dir, '--policy', join(dir, 'bad.yaml'), '--out', join(dir, 'out'))
    expect(bad.code).toBe(exitCodes.badInput)
    for (const { err } of [data, mapping, bad]) expect(err).not.toMatch(/\n\s+at /)
    await rm(dir, { recursive: true, force: true })
  })
})
