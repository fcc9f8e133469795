import { expect } from 'vitest'
import type { Finding } from '../../errors/index.ts'
import { formatFinding } from '../format-finding.ts'
import { harmless } from '../harmless.ts'

/** What keeps a finding from being said in Chinese in full; empty: nothing does. */
export function notChinese(finding: Finding, text = formatFinding(finding, 'zh-CN')): string {
  // Beside what is quoted from the document or to be written into it, and beside the place.
  const said = text.replaceAll(harmless(finding.path, 120), '').replaceAll(/“[^”]*”/gu, '')
  const isTold = !/英文说明|undefined|\[object|NaN/.test(text) && !/[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}/.test(said)
  return isTold && /\p{Script=Han}/u.test(said) ? '' : text
}

/** Holds for a finding that is said in Chinese, with no word of English but what is quoted. */
export function isChinese(finding: Finding): void {
  expect(notChinese(finding)).toBe('')
}
