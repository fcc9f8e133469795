import { z } from 'zod'
import { money, repeated, text } from '../definition/fields.ts'
import { formats, localDateSchema, objection, type Money } from '../policy/index.ts'

/** Largest sizes of a baseline, so that a change with its difference stays within a record. Larger plans are attached as evidence. */
export const baselineLimits = { scope: 4000, qualityStandard: 2000, items: 60, characters: 8000 } as const

/** A key node of the schedule. The id says which one it is from version to version; name and date may change. */
export type Milestone = { readonly id: string; readonly name: string; readonly date: string }
/** People, material or money that the project gets; told from others by its name. */
export type Resource = { readonly name: string; readonly amount?: string }

/**
 * What a project has promised [PRJ-04, PRJ-05, PRJ-06]: plain JSON. Dates are local dates, money is integer minor units. Milestones and resources are
 * sets: {@link baselineSchema} puts them in one order, so that the same plan has the same hash however it was written.
 */
export type Baseline = {
  readonly scope: string
  readonly milestones: readonly Milestone[]
  readonly endDate: string
  readonly resources: readonly Resource[]
  readonly qualityStandard: string
  readonly budget: Money
}

const milestoneSchema = z.strictObject({
  // No hyphen-only or dotted ids: an id is part of a path in a difference.
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, formats.itemId),
  name: text(200),
  date: localDateSchema,
})
const resourceSchema = z.strictObject({ name: text(200), amount: text(200).optional() })

const by =
  <T>(...keys: readonly ((item: T) => string)[]) =>
  (a: T, b: T): number => {
    // Code units, not a collation: the order is part of the hash and must not depend on the host.
    for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1
    return 0
  }

/** The same plan in its one order. */
export function normalBaseline(content: Baseline): Baseline {
  return {
    scope: content.scope,
    milestones: content.milestones
      .map(({ id, name, date }): Milestone => ({ id, name, date }))
      .sort(
        by<Milestone>(
          (m) => m.date,
          (m) => m.id,
        ),
      ),
    endDate: content.endDate,
    resources: content.resources
      .map(({ name, amount }): Resource => (amount === undefined ? { name } : { name, amount }))
      .sort(by<Resource>((r) => r.name)),
    qualityStandard: content.qualityStandard,
    budget: { currency: content.budget.currency, minor: content.budget.minor },
  }
}

/**
 * The content of a baseline: complete, strict, in its one order [PRJ-06]. No milestone lies behind the end date, no milestone or resource comes twice.
 *
 * @example
 * ```ts
 * baselineSchema.safeParse({ scope: 'one line' }).success // => false
 * ```
 */
export const baselineSchema = z
  .strictObject({
    scope: text(baselineLimits.scope),
    milestones: z.array(milestoneSchema).max(baselineLimits.items),
    endDate: localDateSchema,
    resources: z.array(resourceSchema).max(baselineLimits.items),
    qualityStandard: text(baselineLimits.qualityStandard),
    budget: money,
  })
  .superRefine((content, ctx) => {
    const issue = (path: readonly (string | number)[], said: ReturnType<typeof objection>): void =>
      ctx.addIssue({ code: 'custom', path: [...path], ...said })
    content.milestones.forEach(({ date }, i) => {
      if (date > content.endDate) issue(['milestones', i, 'date'], objection('afterEndDate', {}))
    })
    for (const id of repeated(content.milestones.map((m) => m.id))) issue(['milestones'], objection('givenTwice', { name: id }))
    for (const name of repeated(content.resources.map((r) => r.name))) issue(['resources'], objection('givenTwice', { name }))
    const { length: characters } = JSON.stringify(content)
    if (characters > baselineLimits.characters) issue([], objection('tooMuch', { characters, limit: baselineLimits.characters }))
  })
  .transform((content): Baseline => normalBaseline(content as Baseline))
