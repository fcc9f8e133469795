import type { AccountFacts } from './facts.ts'

/**
 * The facts of a group of companies as those of one customer, for a review at the account that leads it [decision tier.level, I-33]. What was bought, disputed,
 * paid late and answered in surveys adds up; the relationship is the longest one; judgements, answers and excused drops are those of the leading account, where people judge the
 * group. A date counts only where it is covered for every member.
 *
 * @example
 * ```ts
 * mergeFacts({ ...facts, relationshipStart: '2019-04-01' }, [{ ...facts, relationshipStart: '2011-01-01' }]).relationshipStart // => '2011-01-01'
 * ```
 */
export function mergeFacts(leading: AccountFacts, members: readonly AccountFacts[]): AccountFacts {
  const all = [leading, ...members]
  const contacts = all.flatMap((facts) => facts.contacts ?? [])
  const surveys = all.flatMap(({ accountId, surveys: own = [] }) => own.map((s) => ({ ...s, id: within(accountId, s.id) })))
  const coverage = coverageOf(all)
  return {
    ...leading,
    isKeyAccount: all.some((facts) => facts.isKeyAccount),
    relationshipStart: all.reduce<string | null>((first, { relationshipStart: start }) => earlier(first, start), null),
    purchases: all.flatMap(({ accountId, purchases }) => purchases.map((p) => ({ ...p, orderId: within(accountId, p.orderId) }))),
    disputes: all.flatMap(({ accountId, disputes }) => disputes.map((d) => ({ ...d, id: within(accountId, d.id) }))),
    latePayments: all.flatMap((facts) => facts.latePayments),
    overdueDays: overdueOf(all),
    ...(contacts.length === 0 ? {} : { contacts }),
    ...(surveys.length === 0 ? {} : { surveys }),
    ...(coverage === null ? {} : { coverage }),
  }
}

/** Companies number their orders each for itself. */
const within = (accountId: string, id: string): string => `${accountId}/${id}`

const earlier = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a < b ? a : b)

/** A debt that is known is a debt; none is known only where every member is. */
function overdueOf(all: readonly AccountFacts[]): number | null {
  const oldest = Math.max(0, ...all.map((facts) => facts.overdueDays ?? 0))
  return oldest > 0 || all.every((facts) => facts.overdueDays !== null) ? oldest : null
}

/** The days that all of them cover; `null`: all are complete. */
function coverageOf(all: readonly AccountFacts[]): AccountFacts['coverage'] | null {
  const spans = all.flatMap((facts) => facts.coverage ?? [])
  const [first, ...rest] = spans
  if (first === undefined) return null
  const from = rest.reduce((latest, span) => (span.from > latest ? span.from : latest), first.from)
  const to = rest.reduce((earliest, span) => (span.to < earliest ? span.to : earliest), first.to)
  return { from, to: to < from ? from : to }
}
