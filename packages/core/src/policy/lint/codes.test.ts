import { expect, test } from 'vitest'
import { formatFinding } from '../../i18n/index.ts'
import { doubt, lintCodes } from './lint.ts'

test.each(['en', 'zh-CN'] as const)('each kind of finding has a text of its own: %s', (locale) => {
  const texts = lintCodes.map((code) => formatFinding(doubt('admission.minScore', code, 'why', 'what to do'), locale))
  const unknown = formatFinding({ ...doubt('admission.minScore', 'sum', 'why', 'what to do'), code: 'of-no-kind' }, locale)
  expect(new Set([...texts, unknown]).size).toBe(lintCodes.length + 1)
})
