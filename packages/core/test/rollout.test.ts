import { describe, expect, test } from 'vitest'
import { formatRollout } from '../src/index.ts'
import { createHarness, ok } from './support/harness.ts'
import { play } from './support/story.ts'
import * as s from './support/stories.ts'

const forward = { type: 'forward', department: 'product' } as const

describe('the report on a rollout [GOV-09]', () => {
  test('counts by workflow what its mode let pass, and agrees with the journals', async () => {
    const h = createHarness({ mode: { complaint: 'observe', account: 'warn' } })
    const { id } = await play(h, s.received())
    ok(await h.governance.complaint.send(id(), forward, { actor: 'u-wu' }))
    h.clock.advance(60_000)
    ok(await h.governance.complaint.send(id(), { type: 'accept' }, { actor: 'u-nobody' }))
    const report = await h.governance.rollout()
    expect(report).toMatchObject({ from: null, to: null })
    expect(report.workflows.map(({ kind, mode, commands, breaching }) => ({ kind, mode, commands, breaching }))).toEqual([
      { kind: 'account', mode: 'warn', commands: 1, breaching: 0 },
      { kind: 'complaint', mode: 'observe', commands: 3, breaching: 2 },
    ])
    const [rule] = report.workflows[1]?.rules ?? []
    expect(rule).toMatchObject({
      rule: 'mayWithRole',
      clause: 'CPL-02',
      breaching: 1,
      share: 1 / 3,
      byCommand: [{ name: 'forward', breaching: 1, commands: 1 }],
      people: 1,
      examples: [`${id()}-000002`],
    })
    expect(report.workflows[1]?.rules.map(({ clause, byRole }) => [clause, byRole[0]?.name])).toEqual([
      ['CPL-02', 'marketing'],
      ['CPL-03', ''],
    ])
    expect(formatRollout(report, 'zh-CN').length).toBeGreaterThan(5)
  })

  test('a workflow under enforcement shows nothing: what was refused is in no journal', async () => {
    const h = createHarness({ mode: { account: 'observe' } })
    const { id } = await play(h, s.received())
    expect((await h.governance.complaint.send(id(), forward, { actor: 'u-wu' })).ok).toBe(false)
    const { workflows } = await h.governance.rollout({ kind: 'complaint' })
    expect(workflows).toMatchObject([{ kind: 'complaint', mode: 'enforce', commands: 1, breaching: 0, share: 0, rules: [] }])
  })

  test('counts a time: from its first instant, until before its last; other workflows are not read', async () => {
    const h = createHarness({ mode: { complaint: 'observe' } })
    const { id } = await play(h, s.received())
    h.clock.advance(3_600_000)
    const at = h.clock.now()
    ok(await h.governance.complaint.send(id(), forward, { actor: 'u-wu' }))
    const commands = async (from: number | undefined, to: number | undefined): Promise<readonly (number | null)[]> => {
      const options = { kind: 'complaint', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
      const { workflows } = await h.governance.rollout(options)
      return [workflows.length, workflows[0]?.commands ?? null, workflows[0]?.breaching ?? null]
    }
    expect(await commands(at, undefined)).toEqual([1, 1, 1])
    expect(await commands(at + 1, undefined)).toEqual([1, 0, 0])
    expect(await commands(undefined, at)).toEqual([1, 1, 0])
    expect(await commands(undefined, at + 1)).toEqual([1, 2, 1])
    expect(await commands(0, 1)).toEqual([1, 0, 0])
    expect((await h.governance.rollout({ from: 0, to: 1 })).workflows).toEqual([])
  })

  test('a question that makes no sense is an error', async () => {
    const { governance } = createHarness()
    await expect(governance.rollout({ kind: 'weather' })).rejects.toThrow('there is no workflow "weather"')
    await expect(governance.rollout({ kind: 'toString' })).rejects.toThrow('there is no workflow')
    await expect(governance.rollout({ from: NaN })).rejects.toThrow('no instant')
    await expect(governance.rollout({ to: Infinity })).rejects.toThrow('no instant')
    await expect(governance.rollout({ from: 2, to: 2 })).rejects.toThrow('ends before it begins')
  })
})
