import { corruptRecord, type JsonValue } from '@ka-governance/core'
import type { Row, SalesforceClient } from './client.ts'
import { answersOf, chunksOf } from './many.ts'
import type { ResolvedMapping } from './options.ts'
import { raw, soql } from './soql.ts'

/** Digits behind the point of a currency; the few that differ from two. */
const digits: { readonly [currency: string]: number } = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  BHD: 3,
  KWD: 3,
  JOD: 3,
  OMR: 3,
  TND: 3,
}

type Facts = NonNullable<ResolvedMapping['facts']>
type Purchases = Map<string, PurchaseFact[]>

/** A record id has 15 characters, or 18 with a checksum behind them; the org takes both and answers the long one. */
export const sameId = (field: string, id: string): string => (field === 'Id' ? id.slice(0, 15) : id)

/**
 * What the org knows of accounts: their records, and their purchases by the mapping. Amounts become integer minor units of their currency; sums a day are made
 * by the org itself. In the order of the ids; `null`: there is no such account.
 */
export async function accountFacts(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  accountIds: readonly string[],
): Promise<readonly (JsonValue | null)[]> {
  const { accounts, facts } = mapping
  const wanted = raw([...new Set(['Id', accounts.id, ...Object.values(facts?.onAccount ?? {})])].join(', '))
  const accountQuery = (ids: readonly string[]): string =>
    soql`SELECT ${wanted} FROM ${raw(accounts.object)} WHERE ${raw(accounts.id)} IN ${ids}`
  const found: Row[] = []
  const purchases: Purchases = new Map()
  for (const ids of chunksOf(accountIds)) {
    // Ids of records are asked for with their purchases, in one call.
    const isRecordId = accounts.id === 'Id'
    const first = facts !== null && isRecordId ? [purchaseQuery(facts, ids, null)] : []
    const [accountRows = [], purchaseRows] = await answersOf(client, [accountQuery(ids), ...first])
    found.push(...accountRows)
    if (facts === null || accountRows.length === 0) continue
    const recordIds = accountRows.map((row) => String(row['Id']))
    await collect(client, facts, recordIds, purchaseRows ?? (await ask(client, purchaseQuery(facts, recordIds, null))), purchases)
  }
  const byId = new Map(found.map((row) => [sameId(accounts.id, String(row[accounts.id])), row]))
  return accountIds.map((accountId) => {
    const account = byId.get(sameId(accounts.id, accountId))
    if (account === undefined) return null
    return facts === null ? {} : factsOf(facts, accountId, account, purchases.get(sameId('Id', String(account['Id']))) ?? [])
  })
}

function factsOf(facts: Facts, accountId: string, account: Row, purchases: readonly PurchaseFact[]): JsonValue {
  const onAccount = facts.onAccount ?? {}
  const value = (name: string | undefined): JsonValue | undefined =>
    name === undefined ? undefined : (valueAt(account, name) as JsonValue)
  return {
    accountId,
    isKeyAccount: value(onAccount.isKeyAccount) === true,
    currency: facts.currency ?? purchases[0]?.currency ?? 'XXX',
    relationshipStart: value(onAccount.relationshipStart) ?? null,
    purchases: purchases.map((purchase) => ({ ...purchase })),
    disputes: [],
    latePayments: [],
    overdueDays: value(onAccount.overdueDays) ?? null,
    judgements: {},
  }
}

type PurchaseFact = {
  readonly date: string
  readonly orderId: string
  readonly minor: number
  readonly currency: string
  readonly kind: 'order' | 'return'
}

/** Most groups that the org answers; there are no further pages of them. */
const mostGroups = 2000

/** Where a list of groups broke off: the account and its day, which may have been cut. */
interface Behind {
  readonly recordId: string
  readonly day: string
}

/** Sums an account and day where the org can sum, else row by row. `behind`: what a list that was too long did not hold. */
function purchaseQuery(facts: Facts, recordIds: readonly string[], behind: Behind | null): string {
  const [object, account, date, amount] = [raw(facts.object), raw(facts.account), raw(facts.date), raw(facts.amount)]
  const currency = raw(facts.currencyField === undefined ? '' : `, ${facts.currencyField}`)
  const accounts = [
    ...(recordIds.length === 0 ? [] : [soql`${account} IN ${recordIds}`]),
    ...(behind === null ? [] : [soql`(${account} = ${behind.recordId} AND ${date} >= ${raw(behind.day)})`]),
  ].join(' OR ')
  const where = soql`(${raw(accounts)}) AND ${date} != ${null}${raw(facts.where === undefined ? '' : ` AND (${facts.where})`)}`
  return facts.per === 'row'
    ? soql`SELECT Id, ${account}, ${date}, ${amount}${currency} FROM ${object} WHERE ${raw(where)} ORDER BY ${account} ASC, ${date} ASC, Id ASC`
    : soql`SELECT ${account} ref, ${date} day, SUM(${amount}) total${currency} FROM ${object} WHERE ${raw(where)} GROUP BY ${account}, ${date}${currency} ORDER BY ${account} ASC, ${date} ASC LIMIT ${mostGroups}`
}

const ask = async (client: SalesforceClient, query: string): Promise<readonly Row[]> => (await answersOf(client, [query])).flat()

/** Adds what the rows say; where the list was cut, asks on: for the accounts that it has not come to, and for the rest of the last one. */
async function collect(
  client: SalesforceClient,
  facts: Facts,
  recordIds: readonly string[],
  first: readonly Row[],
  into: Purchases,
): Promise<void> {
  let rows = first
  let open = recordIds
  while (facts.per !== 'row' && rows.length >= mostGroups) {
    const last = rows.at(-1) ?? {}
    const behind = { recordId: String(last['ref']), day: String(last['day']) }
    const whole = rows.filter((row) => row['ref'] !== last['ref'] || row['day'] !== last['day'])
    if (whole.length === 0 || !/^\d{4}-\d{2}-\d{2}$/.test(behind.day)) throw corruptRecord(facts.object, behind.recordId)
    for (const row of whole) note(facts, row, into)
    const seen = new Set(rows.map((row) => sameId('Id', String(row['ref']))))
    open = open.filter((id) => !seen.has(sameId('Id', id)))
    rows = await ask(client, purchaseQuery(facts, open, behind))
  }
  for (const row of rows) note(facts, row, into)
}

function note(facts: Facts, row: Row, into: Purchases): void {
  const rows = facts.per === 'row'
  const day = valueAt(row, rows ? facts.date : 'day')
  const amount = valueAt(row, rows ? facts.amount : 'total')
  const recordId = valueAt(row, rows ? facts.account : 'ref')
  const currency = facts.currencyField === undefined ? facts.currency : valueAt(row, facts.currencyField)
  // A row without an amount was not sold yet.
  if (amount === null || amount === undefined) return
  if (typeof day !== 'string' || typeof amount !== 'number' || typeof currency !== 'string' || typeof recordId !== 'string')
    throw corruptRecord(facts.object, String(row['Id'] ?? day))
  const minor = Math.round(amount * 10 ** (digits[currency] ?? 2))
  if (minor === 0) return
  const date = day.slice(0, 10)
  const key = sameId('Id', recordId)
  const purchase: PurchaseFact = {
    date,
    orderId: rows ? String(row['Id']) : `${date}-${currency}`,
    minor,
    currency,
    kind: minor < 0 ? 'return' : 'order',
  }
  const known = into.get(key)
  if (known === undefined) into.set(key, [purchase])
  else known.push(purchase)
}

/** A field of a row, or one of a record that it refers to: `Order.AccountId`. The org answers in capitals of its own. */
export function valueAt(row: Row, path: string): unknown {
  const own = (of: unknown, name: string): unknown =>
    Object.entries(of ?? {}).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
  return own(row, path) ?? path.split('.').reduce<unknown>(own, row)
}
