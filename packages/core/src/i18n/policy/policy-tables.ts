import { placeAt, tiers, type ApprovalSchemeSpec, type Policy } from '../../policy/index.ts'
import { formatNumber } from '../amounts.ts'
import { harmless } from '../harmless.ts'
import type { Locale } from '../locale.ts'
import { textOf } from '../text-of.ts'
import type { TableName } from './chapters.ts'
import { documentTexts } from './document-texts.ts'
import type { PolicyReader } from './policy-reader.ts'
import { longestName } from './policy-value.ts'

type Row = readonly string[]
interface Cells {
  readonly head: Row
  readonly rows: readonly Row[]
}

/** One table of a policy: its head and rows, read through a reader that remembers the parameters. */
export function policyTable(name: TableName, policy: Policy, locale: Locale, reader: PolicyReader): Cells {
  const { words } = documentTexts[locale]
  const { say, get } = reader
  switch (name) {
    case 'rates':
      get(['exchangeRates'])
      return {
        head: [words.pair, words.since, words.rate],
        rows: policy.exchangeRates.map(({ from, to, since, rate }) => [`${from} → ${to}`, since, String(rate)]),
      }
    case 'tighter':
      get(['complaint', 'tighter'])
      return { head: [words.where, words.handoff, words.resolution], rows: tighterRows(policy, locale, reader) }
    case 'ladder':
      get(['sla', 'ladder'])
      return {
        head: [words.share, words.rung, words.told],
        rows: policy.sla.ladder.map(({ at, kind, notify }) => [
          `${formatNumber(at)} %`,
          reader.show(['sla', 'ladder', '*', 'kind'], kind),
          reader.show(['sla', 'ladder', '*', 'notify'], notify),
        ]),
      }
    case 'tiers':
      return { head: [words.factor, ...tiers], rows: tierRows(locale, say) }
    case 'classes':
      get(['classes'])
      return { head: [words.kaClass, words.conditions, words.needed], rows: classRows(policy, locale, reader) }
    case 'brackets':
      get(['rebate', 'brackets'])
      return { head: [words.from, words.rebateRate], rows: bracketRows(policy, locale, reader) }
    case 'approvals':
      return {
        head: [words.approval, words.stage, words.decides, words.timeout, words.further],
        rows: Object.entries(policy.approval).flatMap(([key, scheme]) => {
          get(['approval', key])
          return schemeRows(key, scheme, locale, reader)
        }),
      }
    case 'authority':
      get(['authority'])
      return {
        head: [words.command, words.who],
        rows: Object.entries(policy.authority).map(([command, roles]) => [
          harmless(command),
          reader.show(['authority', command], roles),
        ]),
      }
    case 'hours':
      return { head: [words.calendar, words.day, words.hours], rows: hourRows(policy, locale, reader) }
  }
}

function tighterRows(policy: Policy, locale: Locale, { show }: PolicyReader): readonly Row[] {
  const { words } = documentTexts[locale]
  const { grammar } = textOf(locale)
  const at = ['complaint', 'tighter', '*']
  const severity = new Map(policy.complaint.severities.map(({ id, label }) => [id, label]))
  return policy.complaint.tighter.map(({ when, handoff, resolution }) => {
    const where = [
      ...(when.tiers === undefined ? [] : [show([...at, 'when', 'tiers'], when.tiers)]),
      ...(when.severities === undefined
        ? []
        : [grammar.any(when.severities.map((id) => show([...at, 'when', 'severities', '*'], severity.get(id) ?? id)))]),
    ]
    return [
      where.length === 0 ? words.anywhere : grammar.series(where),
      handoff === undefined ? '–' : show([...at, 'handoff'], handoff),
      resolution === undefined ? '–' : show([...at, 'resolution'], resolution),
    ]
  })
}

function classRows(policy: Policy, locale: Locale, { say }: PolicyReader): readonly Row[] {
  const { grammar } = textOf(locale)
  return Object.entries(policy.classes).map(([id, { conditions }]) => {
    const label = policy.admission.classes[id]?.[locale] ?? id
    const asked = Object.keys(conditions).map((measure) => {
      const path = ['classes', id, 'conditions', measure]
      const name = placeAt(path).names.at(-1) ?? measure
      return grammar.pair(typeof name === 'string' ? harmless(name) : name[locale], say(path))
    })
    return [harmless(label, longestName), grammar.series(asked), say(['classes', id, 'atLeast'])]
  })
}

function bracketRows({ rebate }: Policy, locale: Locale, { show }: PolicyReader): readonly Row[] {
  const at = ['rebate', 'brackets', '*']
  const unit = rebate.quantityUnit === null ? '' : ` ${harmless(rebate.quantityUnit[locale], longestName)}`
  return rebate.brackets.map(({ from, percent }) => [
    typeof from === 'number' ? `${formatNumber(from)}${unit}` : show([...at, 'from'], from),
    `${formatNumber(percent)} %`,
  ])
}

function tierRows(locale: Locale, say: PolicyReader['say']): readonly Row[] {
  const texts = documentTexts[locale]
  const { words } = texts
  const v = (place: string): string => say(`tier.${place}`.split('.'))
  const range = (tier: string): string =>
    texts.lookback(texts.range(v(`${tier}.amount.range.from`), v(`${tier}.amount.range.to`)), v(`${tier}.amount.lookback`))
  return [
    [
      words.amount,
      texts.lookback(texts.atLeast(v('A.amount.min')), v('A.amount.lookback')),
      range('B'),
      range('C'),
      texts.lookback(texts.below(v('D.amount.below')), v('D.amount.lookback')),
    ],
    [
      words.frequency,
      v('A.frequency.minPerMonth'),
      v('B.frequency.minPerQuarter'),
      texts.about(v('C.frequency.aboutPerYear')),
      v('D.frequency.belowPerYear'),
    ],
    [
      words.relationship,
      v('A.relationship.minYears'),
      v('B.relationship.minYears'),
      texts.about(v('C.relationship.aboutYears')),
      '–',
    ],
    [words.disputes, ...tiers.map((tier) => atMost(v(`${tier}.disputes.max`), words.noLimit, texts.atMost))],
  ]
}

const atMost = (limit: string, none: string, text: (limit: string) => string): string => (limit === none ? limit : text(limit))

function schemeRows(key: string, scheme: ApprovalSchemeSpec, locale: Locale, { show }: PolicyReader): readonly Row[] {
  const texts = documentTexts[locale]
  const { grammar } = textOf(locale)
  const { approvals } = textOf(locale)
  const label = placeAt(['approval', key]).names.at(-1) ?? key
  const name = (typeof label === 'string' ? harmless(label) : label[locale]).replace(/^[a-z]/, (first) => first.toUpperCase())
  const at = ['approval', key]
  const roles = (word: 'required' | 'veto' | 'heard' | 'copy', who: readonly string[]): readonly string[] =>
    who.length === 0 ? [] : [texts.role(word, show([...at, 'copy'], who))]
  const whole = [
    ...(scheme.stages.length > 1 ? [texts.inOrder(show([...at, 'order'], scheme.order))] : []),
    ...roles('copy', scheme.copy),
    texts.role('substitute', show([...at, 'substitute'], scheme.substitute)),
    texts.delegations(String(scheme.maxDelegations)),
  ]
  return scheme.stages.map((stage, index) => {
    const { id, mode, n, electors, required, veto, heard, timeout, escalateTo } = stage
    const stages: { readonly [id: string]: string } = approvals.stages
    const own = [
      ...roles('required', required),
      ...roles('veto', veto),
      ...roles('heard', heard),
      ...(escalateTo === undefined ? [] : [texts.role('escalateTo', show([...at, 'stages', '*', 'escalateTo'], escalateTo))]),
      ...(index === 0 ? whole : []),
    ]
    return [
      name,
      (Object.hasOwn(stages, id) ? stages[id] : undefined) ?? harmless(id),
      texts.approvals(
        mode === 'nOfM' && n !== undefined ? String(n) : '',
        show([...at, 'stages', '*', 'mode'], mode),
        show([...at, 'stages', '*', 'electors'], electors),
      ),
      timeout === undefined ? '–' : show([...at, 'stages', '*', 'timeout'], timeout),
      grammar.series(own),
    ]
  })
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

function hourRows(policy: Policy, locale: Locale, { get }: PolicyReader): readonly Row[] {
  const texts = documentTexts[locale]
  const { grammar } = textOf(locale)
  const regions = Object.entries(policy.calendar.byRegion).map(([region, id]) => grammar.pair(harmless(region), harmless(id)))
  get(['calendars'])
  get(['calendar', 'byRegion'])
  const hours = (day: readonly (readonly [string, string])[] | undefined): string =>
    day === undefined || day.length === 0 ? texts.words.none : grammar.series(day.map(([from, to]) => `${from}–${to}`))
  const rows = Object.entries(policy.calendars).flatMap(([id, one]): readonly Row[] => {
    const { timeZone, week, holidays, holidaySets, makeupWorkdays, overrides, breaks } = one
    get(['calendars', id, 'timeZone'])
    get(['calendars', id, 'week'])
    const single = new Set([...Object.keys(overrides ?? {}), ...Object.keys(breaks ?? {})]).size
    const days = [holidays?.length ?? 0, makeupWorkdays?.length ?? 0, single].map(String)
    const [off = '', makeup = '', own = ''] = days
    const sets =
      holidaySets === undefined || holidaySets.length === 0
        ? texts.words.none
        : grammar.series(holidaySets.map((set) => harmless(set)))
    const name = harmless(id)
    return [
      ...weekdays.map((day) => {
        const label = placeAt(['calendars', id, 'week', day]).names.at(-1) ?? day
        return [name, typeof label === 'string' ? label : label[locale], hours(week[day])]
      }),
      [name, texts.words.further, texts.calendarDays(harmless(timeZone), off, makeup, own, sets)],
    ]
  })
  return regions.length === 0 ? rows : [...rows, ['', '', texts.byRegion(grammar.series(regions))]]
}
