import { createHash } from 'node:crypto'
import { link, mkdir, symlink } from 'node:fs/promises'
import { createGovernance, loadPolicy, presets } from '@ka-governance/core'
import { createMemoryStore, type MemoryStore } from '@ka-governance/adapter-memory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk, isStackless, type Desk } from '../../test/cli-harness.ts'
import { withStore } from '../config/open-store.ts'
import { writeRegistry } from '../config/registry-file.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
let lines: readonly string[] = []

const policy = loadPolicy(presets.manufacturerCn)

/** Three accounts with two entries each. */
async function registry(): Promise<MemoryStore> {
  const ids = ['a-1', 'a-2', 'a-3']
  const store = createMemoryStore({
    accounts: ids.map((accountId) => ({ accountId, name: accountId, region: null, parentId: null })),
  })
  let now = Date.parse('2026-03-02T10:00:00+08:00')
  const governance = createGovernance({ store, policy, host: { clock: () => (now += 60_000) } })
  const sales = Object.entries(policy.directory?.people ?? {}).find(([, p]) => p.roles.includes('sales.head'))?.[0] ?? ''
  const manager = Object.entries(policy.directory?.people ?? {}).find(([, p]) => p.roles.includes('accountManager'))?.[0] ?? null
  for (const accountId of ids) {
    const form = {
      accountId,
      name: accountId,
      region: null,
      isKeyAccount: true,
      tier: 'B' as const,
      manager,
      history: 'x',
    }
    const done = await governance.account.adopt(form, { actor: sales })
    expect(done.ok).toBe(true)
    const id = governance.account.idOf(accountId)
    const evidence = [{ uri: 'https://crm.example/1', sha256: 'a'.repeat(64) }]
    expect(await governance.account.send(id, { type: 'suspend', reason: 'debts', evidence }, { actor: sales })).toMatchObject({
      ok: true,
    })
  }
  return store
}

/** The same as `run` would write it. */
async function journal(): Promise<readonly string[]> {
  const store = await registry()
  const out: string[] = []
  for await (const { instanceId } of store.find({}))
    for await (const entry of store.history(instanceId)) out.push(JSON.stringify(entry))
  return out
}

beforeAll(async () => {
  desk = await createDesk()
  lines = await journal()
  await desk.write('journal.jsonl', `${lines.join('\n')}\n`)
  await desk.write('policy.json', JSON.stringify(policy))
})
afterAll(() => desk.remove())

const tried = async (name: string, text: readonly string[], ...more: string[]) => {
  await desk.write(name, text.join('\n'))
  const { code, out } = await desk.run('verify-journal', name, '--json', ...more)
  const { problems } = JSON.parse(out) as {
    problems: { line: number | null; problem: string; instanceId: string; seq: number }[]
  }
  return { code, problems }
}

describe('verify-journal', () => {
  it('a whole journal holds, in any order of instances, and its heads can be kept', async () => {
    const { code, out } = await desk.run('verify-journal', 'journal.jsonl', '--write-heads', 'heads.json')
    expect([code, out]).toEqual([
      exitCodes.ok,
      expect.stringMatching(/^✓ \d+ entries of \d+ instances: chain and replay hold\n$/),
    ])
    expect((await desk.run('verify-journal', 'journal.jsonl', '--locale', 'zh-CN')).out).toMatch(
      /^✓ \d+个流程共\d+条记录：哈希链与重放均已通过校验\n$/,
    )
    await desk.write('cut.jsonl', lines.slice(1).join('\n'))
    expect((await desk.run('verify-journal', 'cut.jsonl', '--locale', 'zh-CN')).out).toMatch(/，有\d+个问题\n$/)
    const byRound = [...lines].sort((a, b) => (JSON.parse(a) as { seq: number }).seq - (JSON.parse(b) as { seq: number }).seq)
    expect((await tried('mixed.jsonl', byRound, '--heads', 'heads.json')).problems).toEqual([])
  })

  it('names corrupt lines, and what they break', async () => {
    const broken = lines.map((line, i) => (i === 0 ? line.slice(0, 100) : line))
    const { code, problems } = await tried('cut.jsonl', broken)
    expect([code, problems[0]]).toEqual([exitCodes.badInput, expect.objectContaining({ line: 1, problem: 'not_json' })])
    const strange = await tried('strange.jsonl', ['{"a":1}', 'null', '', ...lines])
    expect(strange.problems.map((p) => [p.line, p.problem])).toEqual([
      [1, 'not_an_entry'],
      [2, 'not_an_entry'],
    ])
    const twice = await tried('twice.jsonl', [...lines, lines[0] ?? ''])
    expect(twice.problems.map((p) => [p.line, p.problem])).toEqual([[lines.length + 1, 'twice']])
  })

  it('sees what was changed, at its line', async () => {
    const at = lines.findIndex((line) => line.includes('"tier":"B"'))
    const forged = lines.map((line, i) => (i === at ? line.replace('"tier":"B"', '"tier":"A"') : line))
    const { problems } = await tried('forged.jsonl', forged)
    expect(problems.map((p) => p.problem)).toContain('wrong_hash')
    expect(problems.every((p) => p.line === null || p.line > 0)).toBe(true)
    expect(problems.find((p) => p.problem === 'wrong_hash')?.line).toBe(at + 1)
  })

  it('sees a missing tail and a missing instance by the heads', async () => {
    await desk.run('verify-journal', 'journal.jsonl', '--write-heads', 'heads.json')
    const [first = ''] = lines
    const id = (JSON.parse(first) as { instanceId: string }).instanceId
    const without = lines.filter((line) => !line.includes(`"instanceId":"${id}"`))
    expect((await tried('less.jsonl', without)).problems).toEqual([])
    expect((await tried('less.jsonl', without, '--heads', 'heads.json')).problems).toMatchObject([
      { instanceId: id, problem: 'instance_missing', line: null },
    ])
    const last = JSON.parse(lines.at(-1) ?? '{}') as { instanceId: string }
    const tail = (await tried('tail.jsonl', lines.slice(0, -1), '--heads', 'heads.json')).problems
    expect(tail.map((p) => p.instanceId)).toEqual([last.instanceId])
  })

  it('tells what is wrong in the language that was asked for', async () => {
    await desk.run('verify-journal', 'journal.jsonl', '--write-heads', 'heads.json')
    const { instanceId: id } = JSON.parse(lines[0] ?? '') as { instanceId: string }
    const kept = lines.filter((line) => !line.includes(`"instanceId":"${id}"`))
    await desk.write(
      'all.jsonl',
      [
        ...kept.map((line) => line.replace('"tier":"B"', '"tier":"A"')),
        kept[0] ?? '',
        kept[0]?.slice(1),
        '{"a":1}',
        'x'.repeat(500_000),
      ].join('\n'),
    )
    await desk.write(
      'bytes.jsonl',
      Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), Buffer.from([0xff, 0xfe, 0xff, 0xfe, 0xff])]),
    )
    const told = async (name: string, locale: string) => {
      const { out } = await desk.run('verify-journal', name, '--heads', 'heads.json', '--json', '--locale', locale)
      return (JSON.parse(out) as { problems: { problem: string; detail: string }[] }).problems
    }
    const seen = new Set<string>()
    for (const name of ['all.jsonl', 'bytes.jsonl']) {
      const [english, chinese] = [await told(name, 'en'), await told(name, 'zh-CN')]
      expect(chinese.map((p) => p.problem)).toEqual(english.map((p) => p.problem))
      for (const { problem, detail } of chinese)
        expect([problem, detail]).toEqual([problem, expect.stringMatching(/\p{Script=Han}/u)])
      for (const { problem, detail } of english)
        expect([problem, detail]).toEqual([problem, expect.not.stringMatching(/\p{Script=Han}/u)])
      for (const { problem } of english) seen.add(problem)
    }
    for (const problem of ['twice', 'not_json', 'not_an_entry', 'too_long', 'not_text', 'wrong_hash', 'instance_missing'])
      expect([problem, seen.has(problem)]).toEqual([problem, true])
  })

  it('a byte order mark, and lines that end as on Windows, are no part of the entries', async () => {
    await desk.write('bom.jsonl', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(`${lines.join('\r\n')}\r\n`)]))
    const { code, out } = await desk.run('verify-journal', 'bom.jsonl', '--json')
    expect([code, JSON.parse(out)]).toEqual([exitCodes.ok, expect.objectContaining({ entries: lines.length, problems: [] })])
  })

  it('nothing to check is no success', async () => {
    await withStore({ registry: desk.path('empty') }, async () => null)
    for (const text of ['', '\n\r\n', '\ufeff']) {
      await desk.write('empty.jsonl', text)
      const { code, out, err } = await desk.run('verify-journal', 'empty.jsonl')
      expect([text, code, out, err]).toEqual([text, exitCodes.badInput, '', expect.stringContaining('it holds no entries')])
    }
    const { code, err } = await desk.run('verify-journal', '--registry', 'empty', '--locale', 'zh-CN')
    expect([code, err]).toEqual([exitCodes.badInput, expect.stringContaining('没有可校验的内容')])
  })

  it('finds the rows of a registry that no instance leads to, without heads kept elsewhere [architecture rule 7]', async () => {
    const whole = await registry()
    await writeRegistry(desk.path('kept'), { store: whole, digest: '' })
    const good = await desk.run('verify-journal', '--registry', 'kept')
    expect([good.code, good.out]).toEqual([exitCodes.ok, expect.stringContaining('chain and replay hold')])
    const { tables, ...rest } = whole.dump()
    const instanceId = tables.instances[0]?.instanceId ?? ''
    for (const [what, broken, seqs] of [
      ['no instance', { ...tables, instances: tables.instances.filter((row) => row.instanceId !== instanceId) }, [1, 2]],
      ['is missing', { ...tables, events: tables.events.filter((row) => row.instanceId !== instanceId) }, [2]],
    ] as const) {
      const body = JSON.stringify({ ...rest, tables: broken })
      // Whoever takes rows out can make the digest anew.
      const sha256 = createHash('sha256').update(body).digest('hex')
      await mkdir(desk.path('torn'), { recursive: true })
      await desk.write(
        'torn/registry.json',
        `${JSON.stringify({ format: 'ka-governance-registry', version: 1, sha256 })}\n${body}\n`,
      )
      const { code, out } = await desk.run('verify-journal', '--registry', 'torn', '--json')
      const { problems } = JSON.parse(out) as { problems: { instanceId: string; seq: number; problem: string; detail: string }[] }
      const chinese = await desk.run('verify-journal', '--registry', 'torn', '--locale', 'zh-CN')
      for (const line of chinese.out.trimEnd().split('\n')) expect(line).toMatch(/loose_row: \p{Script=Han}|个问题$/u)
      const rows = problems.filter((p) => p.detail.includes(what))
      expect([what, code, rows.map((p) => p.seq)]).toEqual([what, exitCodes.badInput, seqs])
      expect(new Set(problems.map((p) => `${p.instanceId} ${p.problem}`))).toEqual(new Set([`${instanceId} loose_row`]))
      expect((await desk.run('publish', 'status', 'pol-x--1-0', '--registry', 'torn')).code).toBe(exitCodes.badInput)
    }
  })

  it('asks for the policy that is not beside it, and takes no other', async () => {
    await mkdir(desk.path('alone'), { recursive: true })
    await desk.write('alone/journal.jsonl', lines.join('\n'))
    const missing = await desk.run('verify-journal', 'alone/journal.jsonl')
    expect([missing.code, isStackless(missing), missing.err.includes('--policy')]).toEqual([exitCodes.badInput, true, true])
    expect((await desk.run('verify-journal', 'alone/journal.jsonl', '--policy', 'manufacturer-cn')).code).toBe(exitCodes.ok)
    const other = await desk.run('verify-journal', 'alone/journal.jsonl', '--policy', 'distributor-intl')
    expect([other.code, other.out.includes('is not given')]).toEqual([exitCodes.badInput, true])
  })

  it('heads never replace what is read', async () => {
    await desk.run('verify-journal', 'journal.jsonl', '--write-heads', 'kept.json')
    await link(desk.path('journal.jsonl'), desk.path('hard.json'))
    await symlink('policy.json', desk.path('soft.json'))
    const before = await Promise.all(['journal.jsonl', 'policy.json', 'kept.json'].map((name) => desk.read(name)))
    for (const [out, ...more] of [
      ['journal.jsonl'],
      ['hard.json'],
      ['kept.json', '--heads', 'kept.json'],
      ['soft.json', '--policy', 'policy.json'],
      ['soft.json'],
    ] as const) {
      const { code, err } = await desk.run('verify-journal', 'journal.jsonl', ...more, '--write-heads', out)
      expect([out, code, err]).toEqual([
        out,
        exitCodes.badInput,
        expect.stringContaining('this is a file that the command reads'),
      ])
    }
    expect(await Promise.all(['journal.jsonl', 'policy.json', 'kept.json'].map((name) => desk.read(name)))).toEqual(before)
  })

  it('unreadable files and heads that are none are named', async () => {
    for (const args of [
      ['none.jsonl'],
      ['.'],
      ['journal.jsonl', '--heads', 'policy.json'],
      ['journal.jsonl', '--heads', 'none'],
    ]) {
      const answer = await desk.run('verify-journal', ...args)
      expect([args, answer.code, isStackless(answer)]).toEqual([args, exitCodes.badInput, true])
    }
    expect((await desk.run('verify-journal')).code).toBe(exitCodes.usage)
  })
})
