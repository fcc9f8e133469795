import { exampleIn, parameterAt, policyTemplate, units, type Locale } from '@ka-governance/core'
import { Document, isMap, isScalar, isSeq, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml'

const maxInline = 100

/** Short enough for one line: a budget, a label, three limits. */
const isShort = (map: YAMLMap): boolean =>
  map.items.length <= 4 &&
  map.items.every(({ value }) => isScalar(value) && value.value !== '[X]') &&
  JSON.stringify(map).length <= maxInline

/** A comment stands behind a line: what has parameters of its own needs lines of its own. */
const holdsParameters = (map: YAMLMap, path: readonly string[]): boolean =>
  (map.items as Pair<Scalar>[]).some(
    ({ key }) => parameterAt([...path, String(key.value)])?.path.split('.').length === path.length + 1,
  )

function walk(map: YAMLMap, path: readonly string[], locale: Locale, currency: unknown): void {
  for (const pair of map.items as Pair<Scalar>[]) {
    const at = [...path, String(pair.key.value)]
    const { value } = pair
    const parameter = parameterAt(at)
    const own = parameter !== undefined && parameter.path.split('.').length === at.length
    if (isMap(value) && isShort(value) && !holdsParameters(value, at)) value.flow = true
    if (isSeq(value) && value.items.every(isScalar)) value.flow = true
    const inline = isScalar(value) || ((isMap(value) || isSeq(value)) && value.flow === true)
    if (isScalar(value) || isMap(value) || isSeq(value)) {
      if (!inline) value.comment = null
      else if (own || (isScalar(value) && value.value === '[X]' && parameter !== undefined)) {
        const { id, unit, label, open } = parameter
        const sample = open ? ` · ${locale === 'en' ? 'e.g.' : '例如'} ${exampleIn(parameter, currency)}` : ''
        value.comment = ` ${id} · ${label[locale]} · ${units[unit][locale]}${sample}`
      }
    }
    if (isMap(value) && value.flow !== true) walk(value, at, locale, currency)
    else if (isSeq(value) && value.flow !== true)
      for (const item of value.items) if (isMap(item)) walk(item, at, locale, currency)
  }
}

/** The keys of a policy in the order of the template, which is that of the documents; what the template lacks stands behind. */
function inOrder(value: unknown, order: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const keys = typeof order === 'object' && order !== null ? Object.keys(order) : []
  const place = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length)
  const entries = Object.entries(value).sort(([a], [b]) => place(a) - place(b))
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, inOrder(inner, (order as { readonly [k: string]: unknown } | undefined)?.[key])]),
  )
}

/** A policy as YAML with the number, meaning and unit of each parameter beside it, in one language. */
export function commentPolicy(source: string | object, locale: Locale): string {
  const document =
    typeof source === 'string'
      ? parseDocument(source)
      : new Document(inOrder(source, parseDocument(policyTemplate()).toJS()), { aliasDuplicateObjects: false })
  if (isMap(document.contents)) walk(document.contents, [], locale, document.contents.get('currency'))
  return document.toString({ lineWidth: 0 })
}
