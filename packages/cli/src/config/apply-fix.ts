import { isDeepStrictEqual } from 'node:util'
import type { Finding, FindingFix } from '@ka-governance/core'
import { isCollection, isNode, isScalar, parseDocument } from 'yaml'
import { keysOf } from '../ask/fill-blank.ts'
import { checkPolicyText } from './policy-file.ts'

/** What was mended in a text, and the text. */
export interface Mended {
  readonly text: string
  readonly mended: readonly Finding[]
}

const options = { version: '1.2', schema: 'core', logLevel: 'silent' } as const
/** A remedy may bring another finding with a remedy to light; none needs more than a few. */
const maxRounds = 100

/**
 * Makes one change in the text of a policy. Where a single value takes the place of another, nothing else in the text changes; else the document is written anew, its comments with it.
 */
export function applyFix(text: string, fix: FindingFix): string {
  const path = keysOf(fix.path)
  const document = parseDocument(text, options)
  if (document.errors.length > 0) return text
  if ('remove' in fix) {
    if (!document.hasIn(path)) return text
    document.deleteIn(path)
    return document.toString({ lineWidth: 0 })
  }
  const { value } = fix
  const node = document.getIn(path, true)
  const [start, end] = isScalar(node) ? (node.range ?? []) : []
  document.setIn(path, document.createNode(value))
  if (start !== undefined && end !== undefined && (typeof value !== 'object' || value === null)) {
    for (const written of [String(value), JSON.stringify(value)]) {
      const spliced = `${text.slice(0, start)}${written}${text.slice(end)}`
      const again = parseDocument(spliced, options)
      if (again.errors.length === 0 && isDeepStrictEqual(again.toJS(), document.toJS())) return spliced
    }
  }
  const made = document.getIn(path, true)
  if (isNode(node)) {
    const { comment, commentBefore } = node
    if (isNode(made)) Object.assign(made, { comment: comment ?? null, commentBefore: commentBefore ?? null })
  }
  if (isCollection(made)) made.flow = true
  return document.toString({ lineWidth: 0 })
}

/** Makes every change that needs no decision, one finding after the other, until none is left or one does not go away. */
export function mendPolicy(file: string, text: string): Mended {
  const mended: Finding[] = []
  const tried = new Set<string>()
  let now = text
  for (let round = 0; round < maxRounds; round += 1) {
    const next = checkPolicyText(file, now, { allowDraft: true }).findings.find(
      (f) => f.fix !== undefined && !tried.has(`${f.check ?? f.code} ${f.path} ${JSON.stringify(f.fix)}`),
    )
    if (next?.fix === undefined) break
    tried.add(`${next.check ?? next.code} ${next.path} ${JSON.stringify(next.fix)}`)
    const changed = next.fix.reduce(applyFix, now)
    if (changed === now) continue
    now = changed
    mended.push(next)
  }
  return { text: now, mended }
}
