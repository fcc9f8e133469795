import { expect, test } from 'vitest'
import { formatFinding } from '../../i18n/index.ts'
import { lintCodes } from './checks.ts'

const finding = { path: 'admission.minScore', message: 'why', remedy: 'what to do', severity: 'warning' } as const

test.each(['en', 'zh-CN'] as const)('each kind of finding has a text of its own: %s', (locale) => {
  const texts = lintCodes.map((code) => formatFinding({ ...finding, code }, locale))
  const unknown = formatFinding({ ...finding, code: 'of-no-kind' }, locale)
  expect(new Set([...texts, unknown]).size).toBe(lintCodes.length + 1)
})
