import type { Finding } from '../../errors/index.ts'
import { formatMoney, type Money } from '../parts.ts'
import { admissionCriteria } from '../schema-accounts.ts'
import { knownBudget, knownMoney, timeouts, together } from './known-budget.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { longerTogether, standardWeeks } from './standard-day.ts'
import { weightsSum } from './weights.ts'

type Admission = NonNullable<KnownPolicy['admission']>

const mandatory = ({ mandatory: must, weights: shares }: Admission): readonly Finding[] =>
  admissionCriteria
    .filter((criterion) => must?.[criterion] === true && shares?.[criterion] === 0)
    .map((criterion) => {
      const path = `admission.mandatory.${criterion}`
      return flag(path, 'mandatoryWithoutWeight', { weight: `admission.weights.${criterion}` })
    })

/** A score of 100 is met limits and nothing less: whoever means that says so with `mandatory`. */
const minScore = ({ minScore: least, mandatory: must }: Admission): readonly Finding[] => {
  const path = 'admission.minScore'
  if (least === 0) return [flag(path, 'everyScorePasses', {})]
  if (least !== 100 || must === undefined || admissionCriteria.every((criterion) => must[criterion] !== false)) return []
  const all = admissionCriteria.map((criterion) => put(`admission.mandatory.${criterion}`, true))
  return [flag(path, 'onlyFullScore', {}, all)]
}

const lists = (admission: Admission): readonly Finding[] =>
  (['leadSources', 'classes'] as const).flatMap((name) =>
    admission[name] !== undefined && Object.keys(admission[name]).length === 0
      ? [flag(`admission.${name}`, 'listEmpty', {})]
      : [],
  )

/** An application that expires before its approval has escalated once dies of waiting. */
const expiry = (policy: KnownPolicy): readonly Finding[] => {
  const life = knownBudget(policy.admission?.expiresAfter)
  const weeks = standardWeeks(policy)
  if (life === undefined) return []
  const over = timeouts(policy.approval?.admission).find((path) => longerTogether(path, life, weeks) !== null)
  if (over === undefined) return []
  const path = 'admission.expiresAfter'
  const whole = together(over)
  return [flag(path, 'applicationExpires', { limit: life, steps: over }, whole === undefined ? [] : [put(path, whole)])]
}

/** B's floor covers its lookback; the volume in prospect is of one year. */
const volume = ({ admission, tier }: KnownPolicy): readonly Finding[] => {
  const least = knownMoney(admission?.need?.minAnnualVolume)
  const { lookback, range } = tier?.B?.amount ?? {}
  const floor = knownMoney(range?.from)
  if (least === undefined || floor === undefined || lookback === undefined || lookback <= 0) return []
  if (least.currency !== floor.currency || least.minor * lookback >= floor.minor) return []
  const yearly: Money = { currency: least.currency, minor: Math.ceil(floor.minor / lookback) }
  const path = 'admission.need.minAnnualVolume'
  return [flag(path, 'volumeBelowFloor', { yearly }, [put(path, formatMoney(yearly))])]
}

/** The most days that a month has. */
const longestMonth = 31

/** Whoever had the status and lost it should not be back sooner than whoever was refused it. */
const readmission = ({ admission, readmission: rules }: KnownPolicy): readonly Finding[] => {
  const refused = admission?.reapplyAfter?.days
  const { exited, lapsed, blacklisted } = rules?.after ?? {}
  const waits = [
    ['exited.days', exited?.days, 'days'],
    ['lapsed.days', lapsed?.days, 'days'],
    ['blacklisted.months', blacklisted?.months, 'months'],
  ] as const
  return waits.flatMap(([name, wait, unit]) => {
    const longest = unit === 'days' ? 1 : longestMonth
    if (wait === undefined || refused === undefined || wait * longest >= refused) return []
    const path = `readmission.after.${name}`
    return [flag(path, 'readmissionSooner', { wait, unit, refused }, [put(path, Math.ceil(refused / longest))])]
  })
}

const contract = ({ contract: rules }: KnownPolicy): readonly Finding[] => {
  const [notice, grace] = [rules?.renewalNotice?.days, rules?.graceAfterExpiry?.days]
  const path = 'contract.graceAfterExpiry.days'
  return notice === undefined || grace === undefined || grace <= notice
    ? []
    : [flag(path, 'graceOverNotice', { grace, notice }, [put(path, notice)])]
}

/** Admission can be passed, is not looser than the tiers and outlives its approval; contracts and readmission fit it [I-01 … I-03, I-37, I-39, ADM-06]. */
export const lintAdmission: Lint = (policy) => {
  const { admission } = policy
  return [
    ...(admission === undefined
      ? []
      : [
          ...weightsSum('admission.weights', admission.weights, admissionCriteria),
          ...mandatory(admission),
          ...minScore(admission),
          ...lists(admission),
        ]),
    ...expiry(policy),
    ...volume(policy),
    ...readmission(policy),
    ...contract(policy),
  ]
}
