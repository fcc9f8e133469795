import type { TierData } from './check-data.ts'
import { counted, type LintTexts } from './words.ts'

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const

type Measure = TierData['stepReaches']['measure']
const measured = (measure: Measure, tier: string): string =>
  measure === 'purchases'
    ? `${tier}'s purchases a year`
    : measure === 'years'
      ? `${tier}'s years of relationship`
      : `the limit of ${tier}`

/** English texts of the checks of tiers, of rising and falling, and of scales. */
export const tierTexts: Pick<LintTexts, keyof TierData> = {
  amountGap: ({ from, to, other, clause, limit }, w) => [
    `amounts from ${w.money(from)} to ${w.money(to)} belong to no tier: ${w.place(other)} (${clause}) is ${w.money(limit)}`,
    `make both the same, e.g. ${w.money(limit)}`,
  ],
  amountOverlap: ({ from, to, other, clause, limit }, w) => [
    `amounts from ${w.money(from)} to ${w.money(to)} belong to two tiers: ${w.place(other)} (${clause}) is ${w.money(limit)}`,
    `make both the same, e.g. ${w.money(limit)}`,
  ],
  rangeEmpty: ({ from, to }, w) => [`the range from ${w.money(from)} to ${w.money(to)} is empty`, 'give `to` the larger amount'],
  stepReaches: ({ measure, tier, value, better, limit, other }, w) => [
    `${measured(measure, tier)} (${w.number(value)}) reaches ${measured(measure, better)} (${w.number(limit)})`,
    `lower it, or raise ${w.place(other)}`,
  ],
  frequencyGap: ({ value, limit }, w) => [
    `C begins at ${counted(limit, 'purchase', w)} a year (P-16 less I-14), D ends at ${w.number(value)}: what lies between belongs to neither`,
    `write ${w.number(limit)} here, or change ${w.place('tier.C.frequency.aboutPerYear')} or ${w.place('tier.tolerance')}`,
  ],
  frequencyOverlap: ({ value, limit }, w) => [
    `C begins at ${counted(limit, 'purchase', w)} a year (P-16 less I-14), D ends at ${w.number(value)}: what lies between belongs to both`,
    `write ${w.number(limit)} here, or change ${w.place('tier.C.frequency.aboutPerYear')} or ${w.place('tier.tolerance')}`,
  ],
  frequencyShared: ({ value }, w) => [
    `${counted(value, 'purchase', w)} a year ${value === 1 ? 'belongs' : 'belong'} to C and to D`,
    "use op: '<' (fewer than)",
  ],
  lookbackDiffers: ({ years, other, otherYears }, w) => [
    `the amount of ${counted(years, 'year', w)} is compared with one of ${counted(otherYears, 'year', w)} in tier ${other}`,
    'give all four tiers the same lookback, else their ranges do not adjoin in time',
  ],
  disputesOrder: ({ tier, better, least }, w) => [
    `tier ${tier} allows fewer disputes than tier ${better}`,
    `allow at least ${least === null ? 'no limit' : w.number(least)}`,
  ],
  weightsSum: ({ count, sum }, w) => [
    `the ${counts[count] ?? w.number(count)} weights add up to ${w.number(sum)}`,
    'make them add up to 100',
  ],
  tierUnreachable: ({ tier }, w) => [
    `no letters of the five factors give tier ${tier}: ${w.place('tier.combine')}, weights, cut-offs and gates together leave it out`,
    `move a cut-off or a weight, so that some account can be ${tier}`,
  ],
  tierForAll: ({ tier }) => [
    `the lowest letters in all five factors still give tier ${tier}: nobody can be lower`,
    'raise the cut-off of that tier',
  ],
  factorWithoutEffect: ({ weight }, w) => [
    `with ${w.number(weight)} % of the weight this factor never changes a tier, whatever the others are`,
    'give it more weight, or 0 and its share to another',
  ],
  gateWithoutEffect: ({ above }, w) => [
    `${counted(above, 'tier', w)} above the letter of the amount is every tier: the gate never closes`,
    'use 2 or less, or switch it off',
  ],
  oneCycleLimit: ({ value, limit, other }, w) => [
    `${w.number(value)} % in one cycle is not more than ${w.number(limit)} % in each of two cycles (${w.place(other)})`,
    'a limit that one cycle can pass must be higher than one that needs two',
  ],
  wholeStep: ({ value, limit }, w) => [
    `${w.number(value)} more ${value === 1 ? 'purchase' : 'purchases'} a quarter is the whole step from B's to A's rhythm (${w.number(limit)}) or more`,
    'lower it, else a customer is in A before the rule holds',
  ],
  wholeFloor: ({ value, limit }, w) => [
    `${counted(value, 'purchase', w)} fewer a year is all that B asks for (${w.number(limit)}) or more`,
    'lower it, else the rule holds only for customers who stopped buying',
  ],
  leavesTooLate: ({ value, limit }, w) => [
    `fewer than ${counted(value, 'purchase', w)} a year is not less than what makes a customer D (fewer than ${w.number(limit)})`,
    `lower it below ${w.place('tier.D.frequency.belowPerYear')}`,
  ],
  bracketsOrder: ({ from, before }, w) => [
    `the bracket from ${w.amount(from)} stands after the one from ${w.amount(before)}`,
    'let each bracket begin above the one before',
  ],
  ratesOrder: ({ percent, before }, w) => [
    `${w.number(percent)} % is not more than the ${w.number(before)} % of the bracket before`,
    'let the rate rise with the amount',
  ],
  bracketUnit: ({ basis }) => [
    basis === 'amount' ? 'a quantity in a rebate by amount' : 'money in a rebate by quantity',
    basis === 'amount' ? 'write an amount of money' : 'write a number of units',
  ],
  quantityUnitMissing: () => ['a rebate by quantity without its unit', 'name the unit in both languages'],
  firstBracketDiffers: ({ from, percent, threshold, rate }, w) => [
    `the first bracket is ${w.number(percent)} % from ${w.money(from)}, but I-12 promises ${w.number(rate)} % from ${w.money(threshold)}`,
    `let the brackets begin with ${w.place('rebate.amountThreshold')} and ${w.place('rebate.rate')}: one rule, not two`,
  ],
  noStepAtFloor: ({ floor }, w) => [
    `no bracket begins at what tier A asks for in a year (${w.money(floor)}, ${w.place('tier.A.amount.min')})`,
    `let one begin at ${w.money(floor)}, so that the rebate rises with the tier`,
  ],
  judgedShare: ({ share, sum }, w) => [
    `${w.number(share)} % are judged, but loyalty and influence weigh ${w.number(sum)} %`,
    `write ${w.number(sum)} here, or change the weights`,
  ],
  spanEmpty: () => ['0 and 100 points lie at the same value', 'give the two ends different values'],
  retentionRises: ({ tier, value, better, limit }, w) => [
    `of tier ${tier} ${w.number(value)} % are to stay, more than of tier ${better} (${w.number(limit)} %)`,
    `use at most ${w.number(limit)}, or raise the target of tier ${better}`,
  ],
  classOutOfReach: ({ atLeast, conditions }, w) => [
    `${counted(atLeast, 'condition', w)} ${atLeast === 1 ? 'is' : 'are'} needed, but there ${conditions === 1 ? 'is' : 'are'} only ${w.number(conditions)}`,
    `use at most ${w.number(conditions)}, or add conditions`,
  ],
  classUnknown: ({ class: id }, w) => [`no class ${w.name(id)}`, `add it to ${w.place('admission.classes')}, or delete it here`],
  cutsOrder: ({ a, b }, w) => [`A ends at ${w.number(a)} %, B already at ${w.number(b)} %`, 'let B end after A'],
  capacityNone: ({ tier }) => [
    `there is room for no account in tier ${tier}, so that every one is over the limit`,
    'allow at least one, or set no limit',
  ],
}
