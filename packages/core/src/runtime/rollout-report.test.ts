import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRollout } from '../i18n/index.ts'
import type { JournalEntry } from '../ports/index.ts'
import { createRolloutCounter, maxExamples, type RolloutReport } from './rollout-report.ts'

const hash = 'a'.repeat(64)
const refusal = (rule: string, code = 'role_required', clause = 'CPL-02') => ({
  rule,
  code,
  clause,
  required: null,
  actual: null,
})
const entry = (seq: number, more: Partial<JournalEntry>): JournalEntry => ({
  key: `cmp-1-${String(seq).padStart(6, '0')}`,
  instanceId: 'cmp-1',
  kind: 'complaint',
  seq,
  at: seq,
  actor: { id: 'u-1', roles: ['sales'] },
  command: { type: 'forward' },
  idempotencyKey: `k-${String(seq)}`,
  commandHash: hash,
  settled: [],
  inputs: [{}],
  from: 'received',
  to: 'assigned',
  effects: [],
  policy: { id: 'p', version: '1', hash },
  definitionVersion: '1',
  snapshotHash: hash,
  previousHash: hash,
  hash,
  ...more,
})
const reportOn = (entries: readonly JournalEntry[]): RolloutReport => {
  const counter = createRolloutCounter()
  for (const one of entries) counter.add(one)
  return counter.report(() => 'observe')
}

describe('counting what enforcement would have refused [GOV-09]', () => {
  it('counts commands, not refusals; by rule and clause, command and role', () => {
    const report = reportOn([
      entry(1, {}),
      entry(2, {
        observed: [refusal('mayWithRole'), refusal('mayUse', 'value_not_allowed'), refusal('mayUse', 'field_missing')],
      }),
      entry(3, {
        command: { type: 'plan' },
        actor: { id: 'u-2', roles: ['sales', 'legal'] },
        observed: [refusal('mayWithRole')],
      }),
      entry(4, { actor: { id: 'u-2', roles: [] }, observed: [refusal('mayWithRole', 'actor_without_roles', 'CPL-04')] }),
      entry(5, { command: undefined }),
    ])
    expect(report.workflows).toEqual([
      {
        kind: 'complaint',
        mode: 'observe',
        instances: 1,
        commands: 4,
        breaching: 3,
        share: 0.75,
        rules: [
          {
            rule: 'mayWithRole',
            clause: 'CPL-02',
            codes: ['role_required'],
            breaching: 2,
            share: 0.5,
            byCommand: [
              { name: 'forward', breaching: 1, commands: 3 },
              { name: 'plan', breaching: 1, commands: 1 },
            ],
            byRole: [
              { name: 'sales', breaching: 2, commands: 3 },
              { name: 'legal', breaching: 1, commands: 1 },
            ],
            people: 2,
            examples: ['cmp-1-000003', 'cmp-1-000002'],
          },
          expect.objectContaining({ rule: 'mayUse', breaching: 1, codes: ['field_missing', 'value_not_allowed'], people: 1 }),
          expect.objectContaining({ rule: 'mayWithRole', clause: 'CPL-04', byRole: [{ name: '', breaching: 1, commands: 1 }] }),
        ],
      },
    ])
  })

  it('says no data where there is none, not 0 %', () => {
    const report = createRolloutCounter().report(() => 'warn', { kind: 'complaint' })
    expect(report.workflows).toMatchObject([{ kind: 'complaint', mode: 'warn', commands: 0, share: null, rules: [] }])
    expect(formatRollout(report, 'en')).toEqual([
      'What enforcement would have refused',
      'Complaint (warned): no commands in this time',
      'No command would have been refused.',
    ])
  })

  it('shows the latest few, whatever the order in which instances come', () => {
    const entries = Array.from({ length: 12 }, (_, k) => entry(k + 1, { observed: [refusal('mayUse')] }))
    const latest = ['cmp-1-000012', 'cmp-1-000011', 'cmp-1-000010', 'cmp-1-000009', 'cmp-1-000008']
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: 12 }), (shuffled) => {
        const report = reportOn(shuffled)
        expect(report).toEqual(reportOn(entries))
        expect(report.workflows[0]?.rules[0]?.examples).toEqual(latest.slice(0, maxExamples))
      }),
    )
  })

  it('believes no record: what is no refusal is counted under no name', () => {
    const report = reportOn([entry(1, { observed: [null, 'x', { rule: 7 }, []], command: 'text' })])
    expect(report.workflows[0]).toMatchObject({ breaching: 1, rules: [{ rule: '', clause: '', codes: [''], breaching: 1 }] })
    for (const locale of ['en', 'zh-CN'] as const)
      expect(formatRollout(report, locale).join('\n')).not.toMatch(/undefined|NaN|\[object/)
  })

  it('reads as lines in both languages; a share is none or all only where it is', () => {
    const many = Array.from({ length: 3000 }, (_, k) => entry(k + 1, {}))
    const report = reportOn([
      ...many,
      entry(3001, { observed: [refusal('mayWithRole')] }),
      entry(3002, { actor: { id: 'u-3', roles: [] }, observed: [refusal('mayInvent<b>')] }),
    ])
    expect(formatRollout(report, 'en')).toEqual([
      'What enforcement would have refused',
      'Complaint (observed): 2 of 3,002 commands, 0.1 %',
      '  ‘mayInvent‹b›’ [CPL-02]: 1, 0.1 %'.replace(/[‘’]/g, ''),
      '    commands: Forward to the responsible department 1 of 3,002',
      '    roles: without a role 1 of 1',
      '    by 1 person',
      '    for example cmp-1-003002',
      expect.stringContaining('[CPL-02]: 1, 0.1 %'),
      '    commands: Forward to the responsible department 1 of 3,002',
      expect.stringMatching(/^ {4}roles: .+ 1 of 3,001$/),
      '    by 1 person',
      '    for example cmp-1-003001',
    ])
    const zh = formatRollout({ ...report, from: 0 }, 'zh-CN', { timeZone: 'Asia/Shanghai' })
    expect(zh[0]).toBe('强制执行时将不被允许的操作，自1970年1月1日 08:00起')
    expect(zh[1]).toBe('投诉（仅记录）：3,002项操作中有2项，占0.1 %'.replace('投诉', zh[1]?.slice(0, zh[1].indexOf('（')) ?? ''))
  })
})
