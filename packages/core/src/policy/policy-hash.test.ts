import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadPolicy } from './load.ts'
import { pinOf } from './policy-hash.ts'
import { manufacturer, withValue } from './testing.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('the pin of a policy (rule 10)', () => {
  const pin = pinOf(loadPolicy(manufacturer), sha256)

  test('is id, version and a sha-256', () => {
    expect(pin).toEqual({ id: 'manufacturer-cn', version: '1.0', hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  })

  test('does not depend on how the policy is written', () => {
    const reordered = Object.fromEntries(Object.entries(manufacturer as object).reverse())
    const spelled = withValue(withValue(reordered, 'tier.A.amount.min', 'CNY 16000000.00'), 'tier.A.relationship.minYears', {
      op: '>',
      value: 3,
    })
    for (const same of [reordered, stringify(reordered), spelled, JSON.stringify(loadPolicy(manufacturer))])
      expect(pinOf(loadPolicy(same), sha256)).toEqual(pin)
  })

  test('changes with any value', () => {
    expect(
      pinOf(loadPolicy(withValue(manufacturer, 'tier.A.relationship.minYears', { op: '>=', value: 3 })), sha256).hash,
    ).not.toBe(pin.hash)
    expect(pinOf(loadPolicy(withValue(manufacturer, 'tier.band', 0.11)), sha256).hash).not.toBe(pin.hash)
  })
})
