import { compareText, corruptRecord, minorDigits, type JsonValue } from '@ka-governance/core'
import type { HubSpotClient, HubSpotRecord } from './client.ts'
import type { ResolvedMapping } from './options.ts'

type Facts = NonNullable<ResolvedMapping['facts']>
type Purchase = {
  readonly date: string
  readonly orderId: string
  readonly minor: number
  readonly currency: string
  readonly kind: 'order' | 'return'
}

/** Properties of an account's record that facts are made of. */
export const factColumns = ({ facts }: ResolvedMapping): readonly string[] => Object.values(facts?.onAccount ?? {})

/**
 * What the portal knows of accounts, whose records are given with `factColumns`: their purchases by the mapping. One call of the associations for 1,000 accounts, one for 100 purchases.
 * Amounts become whole minor units of their currency, instants the day that it was in the mapping's zone. In order of the accounts.
 */
export async function accountFacts(
  client: HubSpotClient,
  { accounts, facts }: ResolvedMapping,
  records: readonly { readonly accountId: string; readonly record: HubSpotRecord }[],
): Promise<readonly JsonValue[]> {
  if (facts === null) return records.map(() => ({}))
  const dayOf = localDay(facts.timeZone)
  const linked = await client.associated(
    accounts.type,
    facts.type,
    records.map(({ record }) => record.id),
  )
  const sold = await readPurchases(client, facts, linked.flat(), dayOf)
  return records.map(({ accountId, record }, k) => {
    const purchases = (linked[k] ?? [])
      .flatMap((id) => sold.get(id) ?? [])
      .filter(({ account }) => account === null || account === record.id)
      .map(({ purchase }) => ({ ...purchase }))
      .sort((a, b) => compareText(a.date, b.date) || compareText(a.orderId, b.orderId))
    return factsOf(facts, accountId, record, purchases, dayOf)
  })
}

/** A purchase, and the account that its record names before all others. */
interface Sold {
  readonly account: string | null
  readonly purchase: Purchase
}

async function readPurchases(
  client: HubSpotClient,
  facts: Facts,
  ids: readonly string[],
  dayOf: (at: number) => string,
): Promise<ReadonlyMap<string, Sold>> {
  const { type, date, amount, currencyProperty, where, account } = facts
  const properties = [date, amount, where.property, account, currencyProperty].flatMap((name) => name ?? [])
  const records = await client.readMany(type, [...new Set(ids)], { properties: [...new Set(properties)] })
  return new Map(
    records.flatMap((record) => {
      const purchase = record === null ? null : purchaseOf(facts, record, dayOf)
      if (record === null || purchase === null) return []
      return [[record.id, { account: (account === null ? null : record.properties[account]) || null, purchase }] as const]
    }),
  )
}

/** `null`: it is no purchase that counts, or was not sold yet. @throws StoreError `corrupt_record` */
function purchaseOf(facts: Facts, { id, properties }: HubSpotRecord, dayOf: (at: number) => string): Purchase | null {
  const { type, where, date, amount, currencyProperty } = facts
  if (!where.values.includes(properties[where.property] ?? '')) return null
  const [when, sum] = [properties[date] ?? '', properties[amount] ?? '']
  if (when === '' || sum === '') return null
  const currency = (currencyProperty === undefined ? null : properties[currencyProperty]) || facts.currency
  const day = dayIn(when, dayOf)
  const minor = currency === undefined ? Number.NaN : minorUnits(sum, minorDigits(currency))
  if (currency === undefined || day === null || !Number.isSafeInteger(minor)) throw corruptRecord(type, id)
  return minor === 0 ? null : { date: day, orderId: id, minor, currency, kind: minor < 0 ? 'return' : 'order' }
}

/** A decimal text in minor units, half away from zero; the digits are moved in the text, where no binary fraction can get between. */
function minorUnits(text: string, digits: number): number {
  const [, sign = '', figures, exponent = '0'] = /^(-?)(\d+(?:\.\d+)?|\.\d+)(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim()) ?? []
  if (figures === undefined) return Number.NaN
  const size = Math.round(Number(`${figures}e${String(Number(exponent) + digits)}`))
  return sign === '-' && size > 0 ? -size : size
}

/** A day as it is written, or the one in which an instant falls; `null`: neither. */
function dayIn(value: string, dayOf: (at: number) => string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return value
  // Without its zone a time would be that of the host.
  const at = /^-?\d+$/.test(value) ? Number(value) : /T.+(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN
  return Math.abs(at) <= 8.64e15 ? dayOf(at) : null
}

/** The local day of an instant. */
function localDay(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value] as const))
    return `${(parts.get('year') ?? '').padStart(4, '0')}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`
  }
}

function factsOf(
  { onAccount = {}, currency }: Facts,
  accountId: string,
  { properties }: HubSpotRecord,
  purchases: readonly Purchase[],
  dayOf: (at: number) => string,
): JsonValue {
  const value = (name: string | undefined): string => (name === undefined ? '' : (properties[name] ?? ''))
  const overdue = value(onAccount.overdueDays)
  const since = value(onAccount.relationshipStart)
  return {
    accountId,
    isKeyAccount: value(onAccount.isKeyAccount) === 'true',
    currency: currency ?? purchases[0]?.currency ?? 'XXX',
    relationshipStart: since === '' ? null : (dayIn(since, dayOf) ?? since),
    purchases,
    disputes: [],
    latePayments: [],
    overdueDays: overdue === '' ? null : Number.isFinite(Number(overdue)) ? Number(overdue) : overdue,
    judgements: {},
  }
}
