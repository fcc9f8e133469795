import { expect, test } from 'vitest'
import type { JsonValue } from '../../errors/index.ts'
import { checkPolicy, loadPolicy } from '../load.ts'
import { presets } from '../presets/index.ts'
import { breaks } from './testing/breaks.ts'
import { changed } from './testing/cases.ts'
import { lintTexts } from './texts.ts'
import { documentWords, type LintText, type LintWords } from './words.ts'

type Data = { readonly [name: string]: JsonValue }
type Check = keyof typeof lintTexts
const inWords = (check: Check, data: Data): LintText =>
  (lintTexts[check] as unknown as (data: Data, words: LintWords) => LintText)(data, documentWords)

const policy = loadPolicy(presets.manufacturerCn)
const ofPolicies = Object.values(breaks).flatMap(({ change, options }) =>
  checkPolicy(changed(change(policy), presets.manufacturerCn), options?.(policy) ?? {}).findings.flatMap((finding) =>
    finding.check === undefined ? [] : [[finding.check as Check, finding.data ?? {}] as const],
  ),
)
const money = { currency: 'CNY', minor: 100 }
const ofPortfolios: readonly (readonly [Check, Data])[] = [
  ['portfolioNotRead', { accounts: 1 }],
  ['limitOutOfReach', { tier: 'A', measure: 'amount', accounts: 1, limit: money, best: money }],
  ['tierEmpty', { tier: 'A', accounts: 1 }],
  ['oneTierForAll', { tier: 'D', accounts: 1 }],
  ['bracketOutOfReach', { from: money, best: money, accounts: 1 }],
  ['neverJudged', { factor: 'potential', accounts: 1 }],
  ['currencyWithoutRate', { currency: 'EUR', accounts: 1, policy: 'CNY' }],
]

const alone = (data: Data): Data =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === 'number' ? 1 : value]))

test('one of a thing is said in the singular, whatever a check counts', () => {
  const said = [...ofPolicies, ...ofPortfolios].map(([check, data]) => inWords(check, alone(data)).join(' '))
  expect(said.length).toBeGreaterThan(90)
  const things = 'accounts|attempts|conditions|days|electors|hours|months|purchases|tiers|times|visits|voters|years'
  expect(said.filter((text) => new RegExp(`(?<![\\d.,-])1 (?:[a-z]+ )?(?:${things})\\b`).test(text))).toEqual([])
})

test('many are many', () => {
  expect(inWords('quorumUnreachable', { n: 9, electors: 5 })[0]).toBe('9 must approve, but the directory has 5 electors')
  expect(inWords('quorumUnreachable', { n: 2, electors: 1 })[0]).toBe('2 must approve, but the directory has 1 elector')
})
