import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parameterAt, parameters, parametersOf, usualPlace } from './clauses.ts'
import { memberOf, shapeOf } from './findings/index.ts'
import { loadPolicy } from './load.ts'
import { presets } from './presets/index.ts'
import { policySchema } from './schema.ts'
import { valueAt } from './testing.ts'

type Schema = Parameters<typeof shapeOf>[0]

const leaves = (schema: Schema, path: readonly string[] = []): readonly (readonly string[])[] => {
  const shape = shapeOf(schema)
  if (shape !== undefined) return Object.entries(shape).flatMap(([key, member]) => leaves(member, [...path, key]))
  const member = memberOf(schema)
  return member === undefined ? [path] : leaves(member, [...path, 'x'])
}

describe('the parameter table', () => {
  test('covers every value of the schema', () => {
    expect(leaves(policySchema).filter((path) => parameterAt(path) === undefined)).toEqual([])
  })

  test('holds nothing that the schema does not have', () => {
    const policy = loadPolicy(presets.manufacturerCn)
    const missing = parameters.filter(({ path }) => valueAt(policy, usualPlace(path)) === undefined)
    expect(missing.map((p) => p.path)).toEqual([])
  })

  test('names each path once, with a unit, an example and a label in both languages', () => {
    expect(new Set(parameters.map((p) => p.path)).size).toBe(parameters.length)
    expect(parameters.filter((p) => p.example === '' || p.label.en === '' || !/\p{Script=Han}/u.test(p.label['zh-CN']))).toEqual(
      [],
    )
  })

  test('P-01 … P-33: each is one parameter', () => {
    const numbers = Array.from({ length: 33 }, (_, i) => `P-${String(i + 1).padStart(2, '0')}`)
    const counts = numbers.map((id) => [id, parametersOf(id).filter((p) => p.path !== 'currency').length])
    expect(counts).toEqual(numbers.map((id) => [id, 1]))
  })

  const page = fileURLToPath(new URL('../../../../../shared/spec/requirements.md', import.meta.url))
  test.skipIf(!existsSync(page))(
    'names and requirements are those of the parameter list (skipped where the page is not at hand)',
    () => {
      const rows = [...readFileSync(page, 'utf8').matchAll(/^\| (P-\d\d) \| `([^`]+)` \| [^|]+ \| ([A-Z]+-\d\d) \|/gm)]
      expect(rows).toHaveLength(33)
      for (const [, id = '', path, requirement] of rows)
        for (const p of parametersOf(id)) if (p.path !== 'currency') expect([p.path, p.requirement]).toEqual([path, requirement])
    },
  )

  test.skipIf(!existsSync(page))(
    'I-01, I-02, I-03, I-23: names and requirements are those of the list (skipped where the page is not at hand)',
    () => {
      for (const id of ['I-01', 'I-02', 'I-03', 'I-23']) {
        const [, , names = '', , why = ''] = (
          readFileSync(page, 'utf8')
            .split('\n')
            .find((line) => line.startsWith(`| ${id} |`)) ?? ''
        ).split('|')
        const [first = '', ...others] = [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
        const group = first.slice(0, first.lastIndexOf('.'))
        const asked = [first, ...others.map((name) => (name.startsWith('.') ? `${group}${name}` : name))].map((name) =>
          name.replace('.{tier}', '.tiers'),
        )
        const own = parametersOf(id)
        expect(asked.filter((name) => !own.some(({ path }) => path === name || path.startsWith(`${name}.`)))).toEqual([])
        expect(own.filter(({ path }) => !asked.some((name) => path === name || path.startsWith(`${name}.`)))).toEqual([])
        const [clause] = /[A-Z]+-\d\d/.exec(why) ?? []
        if (clause !== undefined) expect(new Set(own.map((p) => p.requirement))).toEqual(new Set([clause]))
      }
    },
  )

  test('I-17, I-37, I-38, I-39: bodies, contracts, hand-over, readmission', () => {
    const paths = (id: string) => parametersOf(id).map((p) => p.path)
    const bodies = Object.keys(policySchema.shape.approval.shape).map((name) => `approval.${name}`)
    expect(paths('I-17')).toEqual(bodies.filter((path) => path !== 'approval.blacklist' && path !== 'approval.policy'))
    expect(parameterAt(['approval', 'policy', 'stages'])?.id).toBe('GOV-05')
    expect(parameterAt(['approval'])).toBeUndefined()
    expect(paths('I-37')).toEqual(['contract.renewalNotice.days', 'contract.graceAfterExpiry.days'])
    expect(paths('I-38')).toEqual(['handover.within'])
    expect(paths('I-39')).toEqual([
      'readmission.after.exited.days',
      'readmission.after.lapsed.days',
      'readmission.after.blacklisted.months',
      'approval.blacklist',
    ])
  })

  test('admission and changes: each setting under the requirement that asks for it [ADM-01 … ADM-07, ADM-10, ADM-12, ADM-13, CHG-01, CLS-02, SVC-01]', () => {
    const requirementAt = (path: string) => parameterAt(path.split('.'))?.requirement
    expect(
      [
        'admission.weights.qualification',
        'admission.need.growthPotentialMin',
        'admission.willingness.min',
        'admission.finance.maxOverdueDays',
        'admission.minScore',
        'approval.admission.stages',
        'admission.maxReturns',
        'admission.requalifyEvery.months',
        'contract.graceAfterExpiry.days',
        'change.majorDays',
        'admission.classes.industryLeader',
        'admission.team.accountManager',
        'approval.extension.stages',
        'approval.ratification.stages',
        'approval.initiation.stages',
      ].map(requirementAt),
    ).toEqual([
      'ADM-01',
      'ADM-02',
      'ADM-03',
      'ADM-04',
      'ADM-06',
      'ADM-07',
      'ADM-10',
      'ADM-12',
      'ADM-13',
      'CHG-01',
      'CLS-02',
      'SVC-01',
      'CPL-05',
      'CHG-01',
      'PRJ-03',
    ])
  })

  test('I-01 … I-43: each of the list has its parameters', () => {
    const numbers = Array.from({ length: 43 }, (_, i) => `I-${String(i + 1).padStart(2, '0')}`)
    expect(numbers.filter((id) => parametersOf(id).length === 0)).toEqual([])
  })

  test('the scales beside the tier, visits, demands, rebates: each number under the requirement that asks for it [P-01, P-02, P-03, I-05, I-08, I-09, I-11, I-12, I-13, I-20, I-21, I-22, I-43]', () => {
    const asked = Object.fromEntries(
      ['P-01', 'P-02', 'P-03', 'I-05', 'I-08', 'I-09', 'I-11', 'I-12', 'I-13', 'I-20', 'I-21', 'I-22', 'I-43'].map((id) => [
        id,
        [...new Set(parametersOf(id).map((p) => p.requirement))].join(' '),
      ]),
    )
    expect(asked).toEqual({
      'P-01': 'COM-01',
      'P-02': 'DEM-03',
      'P-03': 'DEM-03',
      'I-05': 'TIER-06',
      'I-08': 'DEM-04',
      'I-09': 'INS-01',
      'I-11': 'INC-01',
      'I-12': 'INC-02',
      'I-13': 'REB-01',
      'I-20': 'COM-07 COM-04 CARE-01',
      'I-21': 'KPI-03 KPI-01 KPI-02 KPI-04',
      'I-22': 'PRJ-08',
      'I-43': 'KPI-02',
    })
  })

  test('Chinese labels have Chinese punctuation', () => {
    const wrong = parameters
      .map((p) => p.label['zh-CN'])
      .filter((label) => /\p{Script=Han}[,:;()]|[,:;()]\p{Script=Han}/u.test(label))
    expect(wrong).toEqual([])
  })

  test('finds the parameter of a place inside it', () => {
    expect(parameterAt(['calendars', 'uk', 'week', 'mon', 0])?.path).toBe('calendars.*.week')
    expect(parameterAt(['sla', 'ladder', 0, 'at'])?.path).toBe('sla.ladder')
    expect(parameterAt(['nothing'])).toBeUndefined()
  })
})
