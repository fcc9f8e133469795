import type { LintTexts, PortfolioData } from '../../policy/index.ts'

type Measure = PortfolioData['limitOutOfReach']['measure']
const measureOf = (measure: Measure): string => {
  if (measure === 'potential' || measure === 'influence') return judgedOf(measure)
  return measure === 'amount' ? '购买金额' : measure === 'years' ? '合作年限' : '购买次数'
}
type Judged = PortfolioData['neverJudged']['factor']
const judgedOf = (factor: Judged): string =>
  factor === 'potential' ? '客户潜力' : factor === 'influence' ? '客户影响力' : factor === 'loyalty' ? '合作忠诚度' : '合作意愿'

export const portfolioTexts: Pick<LintTexts, keyof PortfolioData> = {
  portfolioEmpty: () => ['没有客户数据，无法进行检查', '提供客户及其数据'],
  portfolioNotRead: ({ accounts }, w) => [`${w.number(accounts)}家客户的数据无法使用，未参与检查`, '在数据来源处更正'],
  limitOutOfReach: ({ tier, measure, accounts, limit, best }, w) => [
    `${w.number(accounts)}家客户中没有一家达到${w.amount(limit)}（${tier}级，${measureOf(measure)}），最高为${w.amount(best)}`,
    `如果该级别面向现有客户，不应超过${w.amount(best)}`,
  ],
  tierEmpty: ({ tier, accounts }, w) => [
    `${w.number(accounts)}家客户中没有一家成为${tier}级`,
    `将${tier}级的界限调整到现有客户能够达到的范围`,
  ],
  oneTierForAll: ({ tier, accounts }, w) => [
    `全部${w.number(accounts)}家客户都成为${tier}级，级别不起区分作用`,
    '将界限调整到现有客户能够达到的范围',
  ],
  bracketOutOfReach: ({ from, best, accounts }, w) => [
    `${w.number(accounts)}家客户中没有一家达到从${w.amount(from)}起的一档，一年最高为${w.amount(best)}`,
    `起点不高于${w.amount(best)}`,
  ],
  neverJudged: ({ factor, accounts }, w) => [
    `${w.number(accounts)}家客户都没有${judgedOf(factor)}的评价，而该因素占有权重`,
    '安排评价，或者取消其权重',
  ],
  currencyWithoutRate: ({ currency, accounts, policy }, w) => [
    `${w.number(accounts)}家客户使用${w.name(currency)}，但没有当日兑换${w.name(policy)}的汇率`,
    `在${w.place('exchangeRates')}中增加从${w.name(currency)}到${w.name(policy)}的汇率`,
  ],
}
