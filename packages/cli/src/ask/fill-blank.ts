import { isDeepStrictEqual } from 'node:util'
import { isNode, parseDocument, type Document } from 'yaml'
import { checkPolicyText, type LocatedFinding } from '../config/policy-file.ts'

/** The way back from a place as findings have it, e.g. `sla.ladder[0].at`, to its keys. */
export const keysOf = (place: string): readonly (string | number)[] =>
  [...place.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index !== undefined ? Number(index) : quoted === undefined ? (name ?? '') : (JSON.parse(quoted) as string),
  )

/** What became of an answer. */
export type Filled =
  | { readonly ok: true; readonly text: string; readonly doubts: readonly LocatedFinding[] }
  | { readonly ok: false; readonly findings: readonly LocatedFinding[] }

const read = (text: string): Document.Parsed => parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'silent' })

/** What a person's answer means: YAML on one line, else the text as it is. */
function valueOf(answer: string): unknown {
  const document = read(answer)
  if (document.errors.length > 0) return answer
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown
  } catch {
    return answer
  }
}

/**
 * Puts an answer into the place of a blank, and nothing else into the text: comments, order and everything written before stay as they are. The schema judges at once.
 *
 * @param place of the blank, as the finding names it.
 */
export function fillBlank(file: string, text: string, place: string, answer: string): Filled {
  const path = keysOf(place)
  const before = read(text)
  const node = before.getIn(path, true)
  const [start, end] = isNode(node) ? (node.range ?? []) : []
  if (start === undefined || end === undefined) return { ok: false, findings: [] }
  const value = valueOf(answer)
  const wanted = before.toJS() as unknown
  before.setIn(path, value)
  const intended = before.toJS() as unknown
  // As it was typed, if YAML reads just that there; else quoted, so that a comma or a colon ends nothing.
  const plain = answer.includes('#') || answer.includes('\n') ? [] : [answer]
  const written = [...plain, JSON.stringify(value)].map((one) => `${text.slice(0, start)}${one}${text.slice(end)}`)
  const fitting = written.find((one) => {
    const after = read(one)
    try {
      return after.errors.length === 0 && isDeepStrictEqual(after.toJS({ maxAliasCount: 0 }), intended)
    } catch {
      // An alias in the answer: it is not read as one.
      return false
    }
  })
  if (fitting === undefined || isDeepStrictEqual(wanted, intended)) return { ok: false, findings: [] }
  const inside = checkPolicyText(file, fitting, { allowDraft: true }).findings.filter(
    (f) => f.path === place || isBelow(f.path, place),
  )
  const errors = inside.filter((f) => f.severity !== 'warning')
  // What holds between parameters may still be settled by the answers to come.
  const wrong = errors.filter((f) => f.check === undefined)
  return wrong.length > 0
    ? { ok: false, findings: wrong }
    : { ok: true, text: fitting, doubts: inside.filter((f) => f.code !== 'unset') }
}

const isBelow = (place: string, outer: string): boolean => place.startsWith(`${outer}.`) || place.startsWith(`${outer}[`)
