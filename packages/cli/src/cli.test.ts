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
  })
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
