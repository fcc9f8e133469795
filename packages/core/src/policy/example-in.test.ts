import { describe, expect, test } from 'vitest'
import { formatFinding } from '../i18n/index.ts'
import { parameters } from './clauses.ts'
import { exampleIn } from './example-in.ts'
import { checkPolicy } from './load.ts'
import { policyTemplate } from './template.ts'

const dollars = policyTemplate({ currency: 'USD', timeZone: 'America/New_York' })

describe('examples of amounts', () => {
  test('are in the currency of the draft: in its comments, in what is open, in both languages', () => {
    expect(dollars).toContain('· e.g. USD 16,000,000')
    expect(dollars).not.toMatch(/CNY/)
    const { findings } = checkPolicy(dollars)
    const tier = findings.find((f) => f.path === 'tier.A.amount.min')
    expect(tier?.remedy).toBe('give an amount of money, e.g. USD 16,000,000')
    expect(findings.filter((f) => /CNY/.test(`${formatFinding(f, 'en')} ${formatFinding(f, 'zh-CN')}`))).toEqual([])
    expect(findings.some((f) => formatFinding(f, 'zh-CN').includes('例如：“USD 16,000,000”'))).toBe(true)
  })

  test('are so for a value of a wrong kind too', () => {
    const draft = dollars.replace(/^( {4}amount:\n.*\n {6}min: )"\[X\]"/m, '$1lots')
    expect(draft).not.toBe(dollars)
    const found = checkPolicy(draft).findings.find((f) => f.path.startsWith('tier.A.amount.min') && f.code !== 'unset')
    expect(found?.remedy).toContain('USD')
  })

  test('are those of the clause table while the currency is open, or none', () => {
    for (const currency of ['[X]', 'dollars', 840, null, undefined, '$&'])
      expect(parameters.map((parameter) => exampleIn(parameter, currency))).toEqual(parameters.map(({ example }) => example))
    expect(checkPolicy(policyTemplate()).findings.some((f) => f.remedy.endsWith('e.g. CNY 16,000,000'))).toBe(true)
    expect(parameters.filter(({ path }) => path === 'currency').map((parameter) => exampleIn(parameter, 'USD'))).toEqual(['CNY'])
  })
})
