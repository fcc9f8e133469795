import { erasedText, sealedDocumentOf, type JsonValue } from '../errors/index.ts'
import { budgetUnits, parameterAt, tiers, type Budget, type Tier } from '../policy/index.ts'
import { formatBudgetIn, formatMoneyIn, formatNumber } from './amounts.ts'
import type { Catalogue } from './catalogue.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import { formatLocalDate, instantFormatter, isInstant, isLocalDate } from './time.ts'
import { partOf, type FormatOptions, type Words } from './words.ts'

/** Items of a list and properties of an object that are shown; the rest is counted. */
const maxItems = 8
/** Depth to which a value is shown. */
const maxDepth = 3

/** The vocabulary of a language for one set of options; without quotes for tables and lines. */
export function createWords(locale: Locale, options: FormatOptions = {}, quotes = true): Words {
  const texts = textOf(locale)
  const { grammar } = texts
  const quote = quotes ? grammar.quote : (text: string): string => text
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone }
  const toMinutes = instantFormatter(locale, zone)
  const toSeconds = instantFormatter(locale, { ...zone, seconds: true })
  const label = (id: string): string | null => {
    const { labels } = options
    const found = labels !== undefined && Object.hasOwn(labels, id) ? labels[id] : undefined
    return found === undefined ? null : harmless(found[locale])
  }
  /** What is shown of a personal text that is not there. */
  const standIn = (text: string): string | null =>
    text === erasedText ? grammar.erased : sealedDocumentOf(text) === null ? null : grammar.sealed
  /** A name in words, in quotes; else verbatim. */
  const named = (value: JsonValue, find: (name: string) => string | null, quoted = true): string => {
    if (typeof value !== 'string') return show(value, 0)
    const text = find(value) ?? standIn(value)
    return text === null ? quote(harmless(value)) : quoted ? quote(text) : text
  }
  const list = (values: JsonValue, word: (value: JsonValue) => string, join: (items: readonly string[]) => string): string => {
    if (!Array.isArray(values)) return word(values)
    const items = (values as readonly JsonValue[]).slice(0, maxItems).map((value) => word(value))
    return join(values.length > maxItems ? [...items, grammar.more(values.length - maxItems)] : items)
  }
  const instant = (at: JsonValue): string => (typeof at === 'number' ? toMinutes(at) : show(at, 0))
  const money = (value: JsonValue): string | null => {
    const [currency, minor] =
      typeof value === 'number' ? [options.currency ?? null, value] : [partOf(value, 'currency'), partOf(value, 'minor')]
    return typeof currency === 'string' && typeof minor === 'number' ? formatMoneyIn({ currency, minor }, locale) : null
  }
  const show = (value: JsonValue, depth: number): string => {
    if (value === null) return grammar.nothing
    if (typeof value === 'boolean') return value ? grammar.yes : grammar.no
    if (typeof value === 'number') return isInstant(value) ? toMinutes(value) : formatNumber(value)
    if (typeof value === 'string')
      return isLocalDate(value) ? formatLocalDate(value, locale) : (standIn(value) ?? quote(harmless(value)))
    if (depth >= maxDepth) return '…'
    if (Array.isArray(value)) return list(value, (item) => show(item, depth + 1), grammar.all)
    const known = money(value) ?? budgetOf(value, locale)
    if (known !== null) return known
    const pairs = Object.entries(value).filter(([, v]) => v !== undefined)
    const shown = pairs.slice(0, maxItems).map(([name, v]) => grammar.pair(harmless(name, 40), show(v ?? null, depth + 1)))
    return grammar.all(pairs.length > maxItems ? [...shown, grammar.more(pairs.length - maxItems)] : shown)
  }
  const role = (name: string): string | null => {
    const text = label(name) ?? roleText(texts, name, label)
    return text === null ? null : grammar.role(text)
  }
  const term = (name: string): string | null => label(name) ?? termText(texts, name)
  const words: Words = {
    state: (name) => named(name, (n) => inKind(texts.states, options.kind, n)),
    command: (name) =>
      named(name, (n) => {
        const [kind, type] = n.includes('.') ? n.split('.', 2) : [options.kind, n]
        return inKind(texts.commands, kind, type)
      }),
    field: (path, command) =>
      named(path, (p) => {
        const own = command === undefined ? null : lookUp(texts.ambiguousFields, `${command}.${p}`)
        if (own !== null) return own
        const parts = p.split('.').filter((part) => !/^\d+$/.test(part))
        const found = parts.map((part) => lookUp(texts.fields, part) ?? lookUp(texts.things, part))
        return found.length > 0 && found.every((text) => text !== null) ? found.join(' › ') : null
      }),
    role: (name) => named(name, role, false),
    person: (id) =>
      named(
        id,
        (p) => {
          if (p === 'system') return grammar.role(texts.roles.system)
          const { people } = options
          const known = people !== undefined && Object.hasOwn(people, p) ? people[p] : undefined
          return known === undefined ? null : harmless(known)
        },
        false,
      ),
    clock: (name) => named(name, (n) => lookUp(texts.clocks, n)),
    approval: (name) => named(name, (n) => lookUp(texts.approvals.names, n)),
    term: (name) => (typeof name === 'string' && isLocalDate(name) ? formatLocalDate(name, locale) : named(name, term)),
    finding: (code) => named(code, (n) => lookUp(texts.errors.findings, n), false),
    phrase: (name) => named(name, term, false),
    tier: (tier) => (tier === 'exit' || tiers.some((t) => t === tier) ? grammar.tier(tier as Tier | 'exit') : show(tier, 0)),
    parameter: (path) => {
      const found = parameterAt(path.split('.'))
      return found === undefined ? harmless(path) : found.label[locale]
    },
    instant,
    instants: (a, b) => {
      const shown: readonly [string, string] = [instant(a), instant(b)]
      const same = shown[0] === shown[1] && typeof a === 'number' && typeof b === 'number' && a !== b
      return same ? [toSeconds(a), toSeconds(b)] : shown
    },
    money,
    budget: (value) => budgetOf(value, locale) ?? show(value, 0),
    value: (value) => show(value, 0),
    any: (values, word) => list(values, word, grammar.any),
    all: (values, word) => list(values, word, grammar.all),
  }
  return words
}

function budgetOf(value: JsonValue, locale: Locale): string | null {
  const [amount, unit] = [partOf(value, 'amount'), partOf(value, 'unit')]
  return typeof amount === 'number' && budgetUnits.some((u) => u === unit)
    ? formatBudgetIn({ amount, unit } as Budget, locale)
    : null
}

/** In the named workflow first, then in all. */
function inKind(
  texts: { readonly [kind: string]: { readonly [name: string]: string } },
  kind: string | undefined,
  name: string,
): string | null {
  const own = kind !== undefined && Object.hasOwn(texts, kind) ? texts[kind] : undefined
  if (own !== undefined && Object.hasOwn(own, name)) return own[name] ?? null
  for (const others of Object.values(texts)) if (Object.hasOwn(others, name)) return others[name] ?? null
  return null
}

/** A role of the requirements, or a department's staff, head or member, under the policy's own name where it has one. */
function roleText(texts: Catalogue, name: string, label: (id: string) => string | null): string | null {
  const own = lookUp(texts.roles, name)
  if (own !== null) return own
  const [department = '', part] = name.split('.')
  const known = label(department) ?? lookUp(texts.departments, department)
  if (known === null || part === undefined) return known
  return part === 'head' || part === 'member' ? texts.grammar.departmentRole[part](known) : null
}

/** Names that stand for values: of lists of the policy, of approvals and clocks. */
function termText(texts: Catalogue, name: string): string | null {
  const { approvals } = texts
  const groups: readonly { readonly [name: string]: string }[] = [
    texts.departments,
    texts.channels,
    texts.severities,
    texts.pauseReasons,
    texts.reworkNatures,
    texts.things,
    texts.choices.dimension,
    approvals.stages,
    approvals.choices,
    approvals.outcomes,
    approvals.stageStatus,
    approvals.names,
    approvals.delegationFaults,
    texts.clock.status,
  ]
  for (const group of groups) {
    const found = lookUp(group, name)
    if (found !== null) return found
  }
  return null
}
