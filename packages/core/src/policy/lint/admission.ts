import type { Finding } from '../../errors/index.ts'
import { formatBudget, formatMoney, type Money } from '../parts.ts'
import { admissionCriteria } from '../schema-accounts.ts'
import { knownBudget, timeouts } from './known-budget.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'
import { longerTogether, standardWeeks } from './standard-day.ts'

type Admission = NonNullable<KnownPolicy['admission']>

const round = (value: number): string => String(Math.round(value * 1000) / 1000)

const weights = ({ weights: shares }: Admission): readonly Finding[] => {
  const known = admissionCriteria.map((criterion) => shares?.[criterion]).filter((share) => share !== undefined)
  const sum = known.reduce((a, b) => a + b, 0)
  if (known.length < admissionCriteria.length || Math.abs(sum - 100) < 1e-9) return []
  return [problem('admission.weights', 'sum', `the four weights add up to ${round(sum)}`, 'make them add up to 100')]
}

const mandatory = ({ mandatory: must, weights: shares }: Admission): readonly Finding[] =>
  admissionCriteria
    .filter((criterion) => must?.[criterion] === true && shares?.[criterion] === 0)
    .map((criterion) =>
      doubt(
        `admission.mandatory.${criterion}`,
        'contradiction',
        'a failure screens out, but the criterion counts nothing in the score',
        `give admission.weights.${criterion} a share, or write false here`,
      ),
    )

/** A score of 100 is met limits and nothing less: whoever means that says so with `mandatory`. */
const minScore = ({ minScore: least, mandatory: must }: Admission): readonly Finding[] => {
  const path = 'admission.minScore'
  if (least === 0) return [doubt(path, 'value', 'every score passes', 'ask for more than 0')]
  if (least !== 100 || must === undefined || admissionCriteria.every((criterion) => must[criterion] !== false)) return []
  return [
    doubt(
      path,
      'contradiction',
      'only who meets every limit has 100, so that every criterion is mandatory',
      'ask for less, or write true for each criterion in admission.mandatory',
    ),
  ]
}

const lists = (admission: Admission): readonly Finding[] =>
  (['leadSources', 'classes'] as const).flatMap((name) =>
    admission[name] !== undefined && Object.keys(admission[name]).length === 0
      ? [doubt(`admission.${name}`, 'empty', 'the list is empty', 'add at least one entry, else no form can be filled in')]
      : [],
  )

/** An application that expires before its approval has escalated once dies of waiting. */
const expiry = (policy: KnownPolicy): readonly Finding[] => {
  const life = knownBudget(policy.admission?.expiresAfter)
  const scheme = policy.approval?.admission
  const weeks = standardWeeks(policy)
  if (life === undefined) return []
  const over = timeouts(scheme).find((path) => longerTogether(path, life, weeks) !== null)
  if (over === undefined) return []
  return [
    doubt(
      'admission.expiresAfter',
      'contradiction',
      `${formatBudget(life)} end before the stages of approval.admission are over (${over.map(formatBudget).join(' + ')})`,
      'lengthen it, or shorten the time-outs of approval.admission',
    ),
  ]
}

/** B's floor covers its lookback; the volume in prospect is of one year. */
const volume = ({ admission, tier }: KnownPolicy): readonly Finding[] => {
  const least = admission?.need?.minAnnualVolume
  const { lookback, range } = tier?.B?.amount ?? {}
  const floor = range?.from
  if (least?.minor === undefined || floor?.minor === undefined || lookback === undefined || lookback <= 0) return []
  if (least.currency === undefined || least.currency !== floor.currency || least.minor * lookback >= floor.minor) return []
  const yearly: Money = { currency: least.currency, minor: Math.ceil(floor.minor / lookback) }
  return [
    doubt(
      'admission.need.minAnnualVolume',
      'order',
      `a customer may be admitted below what tier B asks for in a year (${formatMoney(yearly)}, tier.B.amount.range.from)`,
      `raise it to at least ${formatMoney(yearly)}`,
    ),
  ]
}

/** The most days that so many months have. */
const mostDays = (months: number): number => months * 31

/** Whoever had the status and lost it should not be back sooner than whoever was refused it. */
const readmission = ({ admission, readmission: rules }: KnownPolicy): readonly Finding[] => {
  const refused = admission?.reapplyAfter?.days
  const { exited, lapsed, blacklisted } = rules?.after ?? {}
  const waits = [
    ['exited.days', exited?.days, `${String(exited?.days)} days`],
    ['lapsed.days', lapsed?.days, `${String(lapsed?.days)} days`],
    [
      'blacklisted.months',
      blacklisted?.months === undefined ? undefined : mostDays(blacklisted.months),
      `${String(blacklisted?.months)} months`,
    ],
  ] as const
  return waits.flatMap(([name, days, words]) =>
    days === undefined || refused === undefined || days >= refused
      ? []
      : [
          doubt(
            `readmission.after.${name}`,
            'order',
            `${words} are shorter than the ${String(refused)} days that a rejected customer waits (admission.reapplyAfter)`,
            'lengthen it, or shorten admission.reapplyAfter',
          ),
        ],
  )
}

const contract = ({ contract: rules }: KnownPolicy): readonly Finding[] => {
  const [notice, grace] = [rules?.renewalNotice?.days, rules?.graceAfterExpiry?.days]
  if (notice === undefined || grace === undefined || grace <= notice) return []
  return [
    doubt(
      'contract.graceAfterExpiry.days',
      'order',
      `${String(grace)} days without a contract are more than the notice before its end (${String(notice)} days, contract.renewalNotice)`,
      `use at most ${String(notice)}, or lengthen contract.renewalNotice`,
    ),
  ]
}

/** Admission can be passed, is not looser than the tiers and outlives its approval; contracts and readmission fit it [I-01 … I-03, I-37, I-39, ADM-06]. */
export const lintAdmission: Lint = (policy) => {
  const { admission } = policy
  return [
    ...(admission === undefined
      ? []
      : [...weights(admission), ...mandatory(admission), ...minScore(admission), ...lists(admission)]),
    ...expiry(policy),
    ...volume(policy),
    ...readmission(policy),
    ...contract(policy),
  ]
}
