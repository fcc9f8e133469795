import type { PortfolioData } from './check-data.ts'
import { counted, type LintTexts } from './words.ts'

type Measure = PortfolioData['limitOutOfReach']['measure']
const measureOf = (measure: Measure): string =>
  measure === 'years' ? 'years of relationship' : measure === 'frequency' ? 'purchases' : measure

/** English texts of the checks of a policy against a portfolio. */
export const portfolioTexts: Pick<LintTexts, keyof PortfolioData> = {
  portfolioEmpty: () => [
    'the portfolio has no account: nothing could be checked against it',
    'give the accounts with their facts',
  ],
  portfolioNotRead: ({ accounts }, w) => [
    `the facts of ${counted(accounts, 'account', w)} could not be used; they are left out`,
    'correct them where they are kept',
  ],
  limitOutOfReach: ({ tier, measure, accounts, limit, best }, w) => [
    `none of ${counted(accounts, 'account', w)} reaches ${w.amount(limit)} (${measureOf(measure)}, tier ${tier}); the best has ${w.amount(best)}`,
    `use at most ${w.amount(best)}, if the tier is meant for customers that there are`,
  ],
  tierEmpty: ({ tier, accounts }, w) => [
    `none of ${counted(accounts, 'account', w)} would be in tier ${tier}`,
    `move the limits of tier ${tier} towards the customers that there are`,
  ],
  oneTierForAll: ({ tier, accounts }, w) => [
    `${accounts === 1 ? 'the only account' : `all ${w.number(accounts)} accounts`} would be in tier ${tier}: the tiers tell nobody apart`,
    'move the limits towards the customers that there are',
  ],
  bracketOutOfReach: ({ from, best, accounts }, w) => [
    `none of ${counted(accounts, 'account', w)} reaches the bracket from ${w.amount(from)}; the best bought ${w.amount(best)} in a year`,
    `let it begin at ${w.amount(best)} or below`,
  ],
  neverJudged: ({ factor, accounts }, w) => [
    `${factor} was judged for none of ${counted(accounts, 'account', w)}, but it counts`,
    'have it judged, or take its weight away',
  ],
  currencyWithoutRate: ({ currency, accounts, policy }, w) => [
    `${counted(accounts, 'account', w)} ${accounts === 1 ? 'buys' : 'buy'} in ${w.name(currency)}, and there is no rate to ${w.name(policy)} for their days`,
    `add a rate from ${w.name(currency)} to ${w.name(policy)} to exchangeRates`,
  ],
}
