import { Document, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { parameterAt, parameters, usualPlace, type Parameter } from './clauses.ts'
import { exampleIn } from './example-in.ts'
import { choicesAt, keysAt, shapeOf } from './findings/index.ts'
import { base } from './presets/base.ts'
import { mergeDocuments } from './presets/merge.ts'
import { placeholder, policySchema } from './schema.ts'
import type { Path } from './source/index.ts'
import { sections } from './template-sections.ts'
import { units } from './units.ts'

/** What is known before anything is filled in; a value not given stands as `[X]` as well. */
export interface TemplateOptions {
  /** ISO 4217. */
  readonly currency?: string
  /** IANA name. */
  readonly timeZone?: string
}

type Tree = { readonly [key: string]: unknown }

/** A blank of the shape that the parameter has: a budget knows its unit, a range has two ends. */
const blankOf = ({ path, unit }: Parameter): unknown => {
  const keys = keysAt(policySchema, path.split('.'))
  if (keys.includes('unit')) return { amount: placeholder, unit }
  return path.endsWith('.range') ? { from: placeholder, to: placeholder } : placeholder
}

const nested = (path: readonly string[], value: unknown): Tree =>
  path.slice(0, -1).reduceRight<Tree>((inner, key) => ({ [key]: inner }), { [path.at(-1) ?? '']: value })

const blanks = (): Tree =>
  parameters
    .filter((p) => p.open)
    .map((p) => nested(usualPlace(p.path).split('.'), blankOf(p)))
    .reduce<Tree>((all, one) => mergeDocuments<Tree, Tree>(all, one), {})

/** Puts the keys of a document in the order of the schema. */
const arrange = (schema: Parameters<typeof shapeOf>[0], data: unknown): unknown => {
  const shape = shapeOf(schema)
  if (shape === undefined || typeof data !== 'object' || data === null) return data
  const tree = data as Tree
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, member]) => (key in tree ? [[key, arrange(member, tree[key])]] : [])),
  )
}

const comment = (path: Path, parameter: Parameter, currency: string): string => {
  const { id, label, unit } = parameter
  const kind = choicesAt(policySchema, path)?.join(' | ') ?? units[unit].en
  const sample = parameter.open ? ` · e.g. ${exampleIn(parameter, currency)}` : ''
  return ` ${id} · ${kind} · ${label.en} · ${label['zh-CN']}${sample}`
}

const isBlank = (node: unknown): node is Scalar => isScalar(node) && node.value === placeholder

/** A budget, a label, three limits: short enough for one line. */
const isShort = (map: YAMLMap): boolean =>
  map.items.length <= 4 && map.items.every(({ value }) => isScalar(value) && !isBlank(value)) && JSON.stringify(map).length <= 120

const describe = (map: YAMLMap, path: Path, currency: string): void => {
  for (const pair of map.items as Pair<Scalar<string>>[]) {
    const at = [...path, pair.key.value]
    const { value } = pair
    if (isMap(value) && isShort(value)) value.flow = true
    else if (isMap(value)) describe(value, at, currency)
    else if (isSeq(value)) for (const item of value.items) if (isMap(item)) describe(item, at, currency)
    if (isSeq(value) && value.items.every(isScalar)) value.flow = true
    if (!isScalar(value) && !((isMap(value) || isSeq(value)) && value.flow === true)) continue
    const parameter = parameterAt(at)
    const own = parameter !== undefined && (isBlank(value) || parameter.path === at.join('.'))
    if (isBlank(value)) value.type = 'QUOTE_DOUBLE'
    if (own) value.comment = comment(at, parameter, currency)
  }
}

/**
 * The complete policy as commented YAML, for an admin to fill in. Whatever neither the documents nor the decisions settle stands as `"[X]"`
 * with its id, unit and meaning beside it; everything else has its default. Loading the template lists exactly what is left to fill in.
 *
 * @example
 * ```ts
 * policyTemplate({ currency: 'CNY', timeZone: 'Asia/Shanghai' }).includes('handoff') // => true
 * ```
 */
export function policyTemplate({ currency = placeholder, timeZone = placeholder }: TemplateOptions = {}): string {
  const identity = {
    id: 'key-accounts',
    version: '1.0',
    title: { en: 'Key-account policy', 'zh-CN': 'KA客户管理制度' },
    currency,
    exchangeRates: [],
    timeZone,
    calendars: { main: { timeZone } },
    calendar: { default: 'main', byRegion: {} },
  }
  const data = arrange(policySchema, mergeDocuments(mergeDocuments(base as Tree, identity), blanks()))
  const document = new Document(data, { aliasDuplicateObjects: false })
  const root = document.contents as unknown as YAMLMap
  describe(root, [], currency)
  for (const pair of root.items as Pair<Scalar<string>>[]) {
    const section = sections[pair.key.value]
    if (section === undefined) continue
    pair.key.commentBefore = section
    pair.key.spaceBefore = true
  }
  document.commentBefore = ` Key-account policy. Replace every "${placeholder}" by a value, then check the file; all that is missing or contradicts is listed at once.\n KA客户管理制度。请将所有 "${placeholder}" 替换为实际数值，然后校验本文件。`
  return document.toString({ lineWidth: 0 })
}
