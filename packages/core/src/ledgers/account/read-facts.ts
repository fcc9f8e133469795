import type { JsonValue } from '../../errors/index.ts'
import { accountFactsSchema, mergeFacts, type AccountFacts } from '../../scoring/index.ts'

/** Facts as a review reads them, or where they cannot be read. `entities` are the account's own facts and those of its members. */
export type ReadFacts =
  | { readonly ok: true; readonly facts: AccountFacts; readonly entities: readonly AccountFacts[] }
  | { readonly ok: false; readonly field: string; readonly message: string }

/** Reads what the CRM knows of an account and, where it leads a group, of the group's members: judged as one customer [ADJ-09, decision tier.level]. */
export function readFacts(own: JsonValue, members: readonly JsonValue[]): ReadFacts {
  const entities: AccountFacts[] = []
  for (const raw of [own, ...members]) {
    const parsed = accountFactsSchema.safeParse(raw)
    if (!parsed.success) {
      const [first] = parsed.error.issues
      return { ok: false, field: `facts.${first?.path.join('.') ?? ''}`, message: first?.message ?? 'account facts' }
    }
    entities.push(parsed.data)
  }
  const [leading, ...rest] = entities
  if (leading === undefined) return { ok: false, field: 'facts.', message: 'account facts' }
  return { ok: true, facts: rest.length === 0 ? leading : mergeFacts(leading, rest), entities }
}
