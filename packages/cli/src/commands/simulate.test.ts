import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStore } from '@ka-governance/adapter-memory'
import { createGovernance, loadPolicy, type AccountFacts, type Simulation } from '@ka-governance/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetPath } from '../assets.ts'
import { exitCodes, runCli, type CliIo } from '../cli.ts'
import { withStore } from '../config/open-store.ts'
import { writeRegistry } from '../config/registry-file.ts'

const demo = assetPath('demo')
const inForce = join(demo, 'policy.yaml')

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'simulate-'))
  const text = await readFile(inForce, 'utf8')
  // Fewer points are enough for tier B.
  const draft = text.replace(/^ {4}B: 2\.5$/m, '    B: 2.25').replace(/^version: .*$/m, "version: '9.9'")
  expect(draft).not.toBe(text)
  await writeFile(join(dir, 'draft.yaml'), draft)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function cli(args: readonly string[], more: Partial<CliIo> = {}) {
  const said = { out: '', err: '' }
  const code = await runCli(['simulate', ...args], {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    tty: false,
    color: false,
    cwd: dir,
    clock: () => Date.UTC(2026, 0, 5),
    ...more,
  })
  return { code, ...said }
}
const onDemo = ['draft.yaml', '--against', inForce, '--data', demo]

interface Answer {
  readonly verb: string
  readonly digest: string
  readonly written: { readonly page: string | null; readonly evidence: string | null }
  readonly simulation: Simulation
}

describe('simulate [GOV-05]', () => {
  it('says who would move and why, and writes the page and the evidence of it', async () => {
    const { code, out, err } = await cli([...onDemo, '--out', 'what-if.html'])
    expect([code, err]).toEqual([exitCodes.ok, expect.stringMatching(/^\d+ of \d+ rows cannot be read and do not count/)])
    expect(out).toMatch(/^Under the draft \d+ of \d+ accounts move/)
    expect(out).toMatch(/C → B .*: TIER-01 Lowest weighted points of a tier · tier B: 2\.5 → 2\.25, has 2\.\d/)
    const page = await readFile(join(dir, 'what-if.html'), 'utf8')
    expect(page).toContain('2.5 → <span class="nowrap">2.25</span>')
    const evidence = await readFile(join(dir, 'what-if.json'))
    const digest = createHash('sha256').update(evidence).digest('hex')
    expect(out).toContain(`Evidence: what-if.json  sha256 ${digest}`)
    expect(page).toContain(digest)
    const simulation = JSON.parse(evidence.toString('utf8')) as Simulation
    expect(simulation.movers.total).toBeGreaterThan(0)
    expect(simulation.policy.draft.version).toBe('9.9')
    expect(page).toContain('accounts.csv: ')
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('answers one object with --json, the same whenever it is asked', async () => {
    const first = await cli([...onDemo, '--json', '--sensitivity', '5'])
    const again = await cli([...onDemo, '--json', '--sensitivity', '5'])
    expect(first.code).toBe(exitCodes.ok)
    const answer = JSON.parse(first.out) as Answer
    expect(again.out).toBe(first.out)
    expect([answer.verb, answer.written]).toEqual(['simulate', { page: null, evidence: null }])
    expect(answer.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(answer.simulation.sensitivity?.map((r) => Math.abs(r.percent)))).toEqual(new Set([5]))
  })

  it('moves nobody under the policy in force', async () => {
    const { out } = await cli([inForce, '--against', inForce, '--data', demo, '--json'])
    const { simulation } = JSON.parse(out) as Answer
    expect([simulation.movers.total, simulation.reclassified.total, simulation.diff]).toEqual([0, 0, []])
  })

  it('takes a cycle, leaves the thresholds as they are, lists fewer movers, and speaks Chinese', async () => {
    const { out } = await cli([...onDemo, '--json', '--cycle', '2025-H1', '--no-sensitivity', '--movers', '1'])
    const { simulation } = JSON.parse(out) as Answer
    expect([simulation.cycle, simulation.sensitivity]).toEqual(['2025-H1', null])
    expect(simulation.movers.listed.length).toBeLessThanOrEqual(1)
    const chinese = await cli([...onDemo, '--locale', 'zh-CN', '--out', 'zh.html', '--evidence', 'zh-evidence.json'])
    expect(chinese.out).toMatch(/^按制度草案/)
    expect(await readFile(join(dir, 'zh.html'), 'utf8')).toContain('<html lang="zh-CN">')
    expect(JSON.parse(await readFile(join(dir, 'zh-evidence.json'), 'utf8'))).toMatchObject({ schema: 1 })
  })

  it('compares with the tiers that accounts have where there is no policy, and says so', async () => {
    const { code, out, err } = await cli(['draft.yaml', '--data', demo])
    expect([code, err]).toEqual([exitCodes.ok, expect.stringContaining('Add --against POLICY or --registry DIR')])
    expect(out).toContain('no policy in force')
    const missing = await cli(['draft.yaml', '--data', demo, '--registry', 'no-registry'])
    expect([missing.code, missing.err]).toEqual([exitCodes.badInput, expect.stringContaining('there is no registry here')])
    expect(await readdir(dir)).not.toContain('no-registry')
    await withStore({ registry: join(dir, 'registry') }, async () => null)
    const registry = await cli(['draft.yaml', '--data', demo, '--registry', 'registry', '--json'])
    expect((JSON.parse(registry.out) as Answer).simulation.policy.inForce).toBeNull()
  })

  it.each([
    [['draft.yaml', '--data', demo, '--sensitivity', '0'], exitCodes.usage, 'above 0 and below 100'],
    [['draft.yaml', '--data', demo, '--movers', '-1'], exitCodes.usage, 'a whole number'],
    [['draft.yaml', '--data', demo, '--movers', '99999'], exitCodes.badInput, '10000'],
    [['draft.yaml', '--data', demo, '--cycle', '2025-Q1'], exitCodes.usage, '2025-Q1'],
    [['nowhere.yaml', '--data', demo], exitCodes.badInput, 'nowhere.yaml'],
    [['draft.yaml', '--against', 'nothing', '--data', demo], exitCodes.usage, 'nothing'],
    [['draft.yaml'], exitCodes.usage, '--data DIR'],
    [
      ['draft.yaml', '--against', inForce, '--data', demo, '--out', 'no/such/page.html'],
      exitCodes.badInput,
      'make the folder first',
    ],
  ])('refuses %j', async (args, exit, said) => {
    const { code, err, out } = await cli(args)
    expect([code, out]).toEqual([exit, ''])
    expect(err).toContain(said)
  })

  it('replaces nothing that it reads, and neither of its own files by the other', async () => {
    await cp(demo, join(dir, 'data'), { recursive: true })
    await withStore({ registry: join(dir, 'kept') }, async () => null)
    await symlink('data/orders.csv', join(dir, 'orders'))
    await cp(inForce, join(dir, 'against.html'))
    const before = await readFile(join(dir, 'data/orders.csv'), 'utf8')
    for (const [out, evidence] of [
      ['same.html', 'same.html'],
      ['page.html', onDemo[0] ?? ''],
      ['page.html', 'data/orders.csv'],
      ['page.html', 'orders'],
      ['orders', 'evidence.json'],
      ['page.html', 'kept/registry.json'],
      ['against.html', 'evidence.json'],
    ] as const) {
      const own = ['draft.yaml', '--against', 'against.html', '--data', 'data', '--registry', 'kept', '--no-sensitivity']
      const { code, err } = await cli([...own, '--out', out, '--evidence', evidence])
      expect([out, evidence, code, err]).toEqual([
        out,
        evidence,
        exitCodes.badInput,
        expect.stringContaining('reads or has just written'),
      ])
    }
    expect(await readFile(join(dir, 'data/orders.csv'), 'utf8')).toBe(before)
    const written = ['same.html', 'page.html', 'evidence.json']
    expect((await readdir(dir)).filter((name) => written.includes(name))).toEqual([])
  })

  it('stops when it is interrupted, and writes nothing', async () => {
    const controller = new AbortController()
    controller.abort()
    const { code, err, out } = await cli([...onDemo, '--out', 'stopped.html'], { onInterrupt: () => controller.signal })
    expect([code, out]).toEqual([exitCodes.interrupted, ''])
    expect(err).toMatch(/Stopped\. Nothing was written\.\n$/)
    expect((await readdir(dir)).filter((name) => name.startsWith('stopped'))).toEqual([])
  })

  it('shows its progress on a terminal and leaves the line clean', async () => {
    const { err } = await cli(onDemo, { tty: true })
    expect(err.endsWith('\r\u001b[2K')).toBe(true)
  })
})

describe('simulate on a configured store [GOV-05]', () => {
  const noon = Date.UTC(2026, 0, 12, 4)
  const facts: AccountFacts = {
    accountId: 'acme',
    isKeyAccount: true,
    currency: 'CNY',
    relationshipStart: '2018-01-01',
    purchases: [],
    disputes: [],
    latePayments: [],
    overdueDays: 0,
    judgements: {},
  }

  beforeAll(async () => {
    const text = await readFile(inForce, 'utf8')
    const store = createMemoryStore({ accounts: [{ accountId: 'acme', name: 'Acme', region: null, parentId: null, facts }] })
    let now = Date.UTC(2026, 0, 5, 1)
    const governance = createGovernance({ store, policy: loadPolicy(text), host: { clock: () => now } })
    const adopted = await governance.account.adopt(
      { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
      { actor: 'u-liu' },
    )
    now += 3_600_000
    const opened = await governance.complaint.open(
      {
        accountId: 'acme',
        matter: 'Flange cracked',
        contact: 'Ms Li',
        expectedSolution: 'Replacement',
        channel: 'hotline',
        severity: 'major',
        about: 'product',
        receivedAt: now,
      },
      { actor: 'u-huang' },
    )
    expect([adopted.ok, opened.ok]).toEqual([true, true])
    await writeRegistry(join(dir, 'live'), { store, digest: '' })
    const hasty = text.replace(/^( {2}resolution:\n {4}amount: )\d+$/m, '$11')
    expect(hasty).not.toBe(text)
    await writeFile(join(dir, 'hasty.yaml'), hasty.replace(/^version: .*$/m, "version: '2.0'"))
    await writeFile(join(dir, 'policy.yaml'), text)
    await writeFile(join(dir, 'live.json'), JSON.stringify({ store: { registry: 'live' }, policy: 'policy.yaml' }))
  })

  it('looks at open work, too, and leaves the store as it was', async () => {
    const before = await readFile(join(dir, 'live', 'registry.json'))
    const { code, out, err } = await cli(['hasty.yaml', '--config', 'live.json', '--json', '--out', 'open.html'], {
      clock: () => noon,
    })
    expect([code, err]).toEqual([exitCodes.ok, ''])
    const { simulation } = JSON.parse(out) as Answer
    expect(simulation.policy.inForce?.version).toBe('1.0')
    expect(simulation.instances).toMatchObject({ byKind: { complaint: 1 }, clocks: { overdue: 1 } })
    const page = await readFile(join(dir, 'open.html'), 'utf8')
    expect(page).toContain('1 clock of open work would be overdue the moment the draft applies to it.')
    expect(page).toContain('the configured store')
    expect(await readFile(join(dir, 'live', 'registry.json'))).toEqual(before)
  })

  it('is no simulation where the store holds no accounts', async () => {
    await withStore({ registry: join(dir, 'empty') }, async () => null)
    const { code, err } = await cli(['hasty.yaml', '--registry', 'empty'])
    expect([code, err]).toEqual([exitCodes.usage, expect.stringContaining('the store holds no accounts')])
  })
})
