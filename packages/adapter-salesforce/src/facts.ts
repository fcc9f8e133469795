import { corruptRecord, type JsonValue } from '@ka-governance/core'
import type { Row, SalesforceClient } from './client.ts'
import type { FactsMapping, ResolvedMapping } from './options.ts'
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

/**
 * What the org knows of an account: its record, and its purchases by the mapping. Amounts become integer minor units of their currency; sums a day are made
 * by the org itself. `null`: there is no such account.
 */
export async function accountFacts(
  client: SalesforceClient,
  mapping: ResolvedMapping,
  accountId: string,
): Promise<JsonValue | null> {
  const { accounts, facts } = mapping
  const onAccount = facts?.onAccount ?? {}
  const wanted = [...new Set(['Id', ...Object.values(onAccount)])]
  let account: Row | null = null
  for await (const row of client.query(
    soql`SELECT ${raw(wanted.join(', '))} FROM ${raw(accounts.object)} WHERE ${raw(accounts.id)} = ${accountId} LIMIT 1`,
  ))
    account = row
  if (account === null) return null
  if (facts === null) return {}
  const value = (name: string | undefined): JsonValue | undefined =>
    name === undefined ? undefined : (account[name] as JsonValue)
  const purchases = await purchasesOf(client, facts, String(account['Id']))
  return {
    accountId,
    isKeyAccount: value(onAccount.isKeyAccount) === true,
    currency: facts.currency ?? purchases[0]?.currency ?? 'XXX',
    relationshipStart: value(onAccount.relationshipStart) ?? null,
    purchases,
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

/** Sums a day where the org can sum, else row by row: `[day, amount, currency, id]` are the columns asked for. */
function purchaseQuery(facts: FactsMapping & { readonly account: string }, recordId: string): string {
  const [object, account, date, amount] = [raw(facts.object), raw(facts.account), raw(facts.date), raw(facts.amount)]
  const currency = raw(facts.currencyField === undefined ? '' : `, ${facts.currencyField}`)
  const where = soql`${account} = ${recordId} AND ${date} != ${null}${raw(facts.where === undefined ? '' : ` AND (${facts.where})`)}`
  return facts.per === 'row'
    ? soql`SELECT Id, ${date}, ${amount}${currency} FROM ${object} WHERE ${raw(where)} ORDER BY ${date} ASC, Id ASC`
    : soql`SELECT ${date} day, SUM(${amount}) total${currency} FROM ${object} WHERE ${raw(where)} GROUP BY ${date}${currency} ORDER BY ${date} ASC`
}

async function purchasesOf(
  client: SalesforceClient,
  facts: FactsMapping & { readonly account: string },
  recordId: string,
): Promise<PurchaseFact[]> {
  const rows = facts.per === 'row'
  const found: PurchaseFact[] = []
  for await (const row of client.query(purchaseQuery(facts, recordId))) {
    const day = row[rows ? facts.date : 'day']
    const amount = row[rows ? facts.amount : 'total']
    const currency = facts.currencyField === undefined ? facts.currency : row[facts.currencyField]
    // A row without an amount was not sold yet.
    if (amount === null || amount === undefined) continue
    if (typeof day !== 'string' || typeof amount !== 'number' || typeof currency !== 'string')
      throw corruptRecord(facts.object, String(row['Id'] ?? day))
    const minor = Math.round(amount * 10 ** (digits[currency] ?? 2))
    if (minor === 0) continue
    const date = day.slice(0, 10)
    const orderId = rows ? String(row['Id']) : `${date}-${currency}`
    found.push({ date, orderId, minor, currency, kind: minor < 0 ? 'return' : 'order' })
  }
  return found
}
