import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { checkPolicy, loadPolicy } from './load.ts'
import { policyJsonSchema } from './schema-json/index.ts'
import { manufacturer, without } from './testing.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: (text) => !Number.isNaN(Date.parse(text)) } })
const validate = ajv.compile(policyJsonSchema({ locale: 'en' }))
const settled = [
  'publication',
  'classes',
  'rebate.basis',
  'rebate.method',
  'rebate.period',
  'rebate.quantityUnit',
  'lifetime.period',
  'lifetime.starts',
  'approval.initiation',
  'approval.ratification',
  'approval.policy',
]
const earlier = settled.reduce<unknown>(without, manufacturer)

describe('a policy written before all of this could be stated', () => {
  test('has what the decisions settle: decision 8, decision 10, decision 13, GOV-05', () => {
    const policy = loadPolicy(earlier)
    expect(policy.publication).toEqual({ whatIf: 'required', notice: { days: 0 } })
    expect(policy.classes).toEqual({})
    expect(policy.rebate).toMatchObject({ basis: 'amount', method: 'marginal', period: 'calendarYear', quantityUnit: null })
    expect(policy.lifetime).toMatchObject({ period: 'year', starts: 'afterFirst' })
    const bodies = (['initiation', 'ratification', 'policy'] as const).map((name) => policy.approval[name])
    expect(
      bodies.map(({ stages }) => stages.map(({ n, electors, required, timeout }) => [n, electors, required, timeout])),
    ).toEqual([3, 3, 5].map((amount) => [[3, ['kaGroup.member'], ['kaGroup.head'], { amount, unit: 'workingDays' }]]))
    expect(bodies.map(({ order, substitute, maxDelegations }) => [order, substitute, maxDelegations])).toEqual(
      bodies.map(() => ['sequential', 'kaGroup.head', 2]),
    )
  })

  test('is accepted by the editor as well, key by key', () => {
    for (const path of settled)
      expect([path, validate(JSON.parse(JSON.stringify(without(manufacturer, path)))), ajv.errorsText(validate.errors)]).toEqual([
        path,
        true,
        'No errors',
      ])
  })

  test('is one finding a missing section, which names its numbers [P-01, P-02, P-03, I-05, I-09, I-11, I-12, I-13, I-20, I-21, I-22]', () => {
    const sections = {
      cadence: 'P-01, I-20',
      demand: 'P-02, P-03, I-08',
      inspection: 'I-09',
      project: 'I-22',
      grade: 'I-05',
      rebate: 'I-12, decision 13, I-13',
      incentive: 'I-11',
      'kpi.targets': 'I-21',
    }
    for (const [path, numbers] of Object.entries(sections)) {
      const { findings, policy } = checkPolicy(without(manufacturer, path))
      expect(policy).toBeUndefined()
      expect(findings.filter((f) => f.severity === 'error')).toMatchObject([
        { path, code: 'missing', remedy: `add it as the template has it: ${numbers}` },
      ])
    }
  })
})
