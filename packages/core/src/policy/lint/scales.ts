import type { Finding } from '../../errors/index.ts'
import { tiers } from '../parts.ts'
import { formatPath } from '../source/index.ts'
import { cut, flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { letters } from './tiers.ts'
import { weightsSum } from './weights.ts'

const gradeWeights = ['sales', 'growth', 'satisfaction', 'loyalty', 'influence'] as const
const incentiveWeights = ['sales', 'expansion', 'satisfaction'] as const
const valueWeights = ['spend', 'frequency', 'potential', 'lifetime', 'loyalty', 'influence'] as const

const grade = ({ grade: rules }: KnownPolicy): readonly Finding[] => {
  const { weights, spans, qualitativeShare: share } = rules ?? {}
  const [loyalty, influence] = [weights?.loyalty, weights?.influence]
  const sum = loyalty === undefined || influence === undefined ? undefined : loyalty + influence
  const path = 'grade.qualitativeShare'
  const [from, to] = [spans?.sales?.zero, spans?.sales?.full]
  const ends = [
    ['sales', from?.minor, from?.currency === to?.currency ? to?.minor : undefined],
    ['growth', spans?.growth?.zero, spans?.growth?.full],
    ['satisfaction', spans?.satisfaction?.zero, spans?.satisfaction?.full],
  ] as const
  return [
    ...weightsSum('grade.weights', weights, gradeWeights),
    ...letters('grade.cutoffs', rules?.cutoffs),
    ...(share === undefined || sum === undefined || Math.abs(share - sum) < 1e-9
      ? []
      : [flag(path, 'judgedShare', { share, sum }, [put(path, sum)])]),
    ...ends.flatMap(([name, zero, full]) =>
      zero === undefined || zero !== full ? [] : [flag(`grade.spans.${name}`, 'spanEmpty', {})],
    ),
  ]
}

const kpi = ({ kpi: rules, cycle }: KnownPolicy): readonly Finding[] => {
  const [months, length] = [rules?.period?.months, cycle?.length]
  const path = 'kpi.period.months'
  const retention = tiers.flatMap((tier) => {
    const value = rules?.targets?.retention?.[tier]
    return value === undefined ? [] : [{ tier, value }]
  })
  return [
    ...(months === undefined || length === undefined || months === length
      ? []
      : [flag(path, 'kpiPeriod', { months, cycle: length }, [put(path, length)])]),
    ...retention.slice(1).flatMap(({ tier, value }, i) => {
      const better = retention[i]
      if (better === undefined || value <= better.value) return []
      const at = `kpi.targets.retention.${tier}`
      return [flag(at, 'retentionRises', { tier, value, better: better.tier, limit: better.value }, [put(at, better.value)])]
    }),
  ]
}

const classes = ({ classes: rules, admission }: KnownPolicy): readonly Finding[] =>
  Object.entries(rules ?? {}).flatMap(([id, rule]) => {
    const path = formatPath(['classes', id])
    const conditions = Object.keys(rule?.conditions ?? {}).length
    const atLeast = rule?.atLeast
    return [
      ...(admission?.classes === undefined || Object.hasOwn(admission.classes, id)
        ? []
        : [flag(path, 'classUnknown', { class: id }, [cut(path)])]),
      ...(rule?.conditions === undefined || atLeast === undefined || conditions === 0 || atLeast <= conditions
        ? []
        : [flag(`${path}.atLeast`, 'classOutOfReach', { atLeast, conditions }, [put(`${path}.atLeast`, conditions)])]),
    ]
  })

const cuts = ({ abc }: KnownPolicy): readonly Finding[] =>
  abc?.a === undefined || abc.b === undefined || abc.a < abc.b ? [] : [flag('abc.b', 'cutsOrder', { a: abc.a, b: abc.b })]

/** Scales beside the tier and the figures of the company are consistent in themselves [I-05, I-11, I-21, CLS-02, CLS-05]. */
export const lintScales: Lint = (policy) => [
  ...grade(policy),
  ...weightsSum('incentive.sales.weights', policy.incentive?.sales?.weights, incentiveWeights),
  ...weightsSum('value.weights', policy.value?.weights, valueWeights),
  ...kpi(policy),
  ...classes(policy),
  ...cuts(policy),
]
