import type { LintTexts, TierData } from '../../policy/index.ts'

type Measure = TierData['stepReaches']['measure']
const measured = (measure: Measure, tier: string): string =>
  measure === 'purchases' ? `${tier}级客户每年购买次数` : measure === 'years' ? `${tier}级客户合作年限` : `${tier}级的下限`

export const tierTexts: Pick<LintTexts, keyof TierData> = {
  amountGap: ({ from, to, other, clause, limit }, w) => [
    `${w.money(from)}至${w.money(to)}的金额不属于任何级别：${w.place(other)}（${clause}）为${w.money(limit)}`,
    `将两处改为相同金额，例如${w.money(limit)}`,
  ],
  amountOverlap: ({ from, to, other, clause, limit }, w) => [
    `${w.money(from)}至${w.money(to)}的金额同时属于两个级别：${w.place(other)}（${clause}）为${w.money(limit)}`,
    `将两处改为相同金额，例如${w.money(limit)}`,
  ],
  rangeEmpty: ({ from, to }, w) => [`${w.money(from)}至${w.money(to)}之间没有任何金额`, '上限应当大于下限'],
  stepReaches: ({ measure, tier, value, better, limit, other }, w) => [
    `${measured(measure, tier)}（${w.number(value)}）达到了${measured(measure, better)}（${w.number(limit)}）`,
    `降低此项，或者提高${w.place(other)}`,
  ],
  frequencyGap: ({ value, limit }, w) => [
    `C级从每年${w.number(limit)}次起（P-16减去I-14），D级到${w.number(value)}次止：两者之间不属于任何级别`,
    `在此填写${w.number(limit)}，或者修改${w.place('tier.C.frequency.aboutPerYear')}或${w.place('tier.tolerance')}`,
  ],
  frequencyOverlap: ({ value, limit }, w) => [
    `C级从每年${w.number(limit)}次起（P-16减去I-14），D级到${w.number(value)}次止：两者之间同时属于两个级别`,
    `在此填写${w.number(limit)}，或者修改${w.place('tier.C.frequency.aboutPerYear')}或${w.place('tier.tolerance')}`,
  ],
  frequencyShared: ({ value }, w) => [`每年${w.number(value)}次同时属于C级和D级`, '改用“少于”'],
  lookbackDiffers: ({ years, other, otherYears }, w) => [
    `${w.number(years)}年的金额与${other}级${w.number(otherYears)}年的金额相比较`,
    '四个级别使用相同的统计年数，否则金额区间在时间上不衔接',
  ],
  disputesOrder: ({ tier, better, least }, w) => [
    `${tier}级允许的纠纷少于${better}级`,
    least === null ? '改为不限' : `至少允许${w.number(least)}起`,
  ],
  weightsSum: ({ count, sum }, w) => [`${w.number(count)}项权重合计为${w.number(sum)}`, '使合计等于100'],
  tierUnreachable: ({ tier }, w) => [
    `五项因素无论如何组合都得不到${tier}级：${w.place('tier.combine')}、权重、分数线和限制条件合在一起排除了该级别`,
    `调整分数线或权重，使客户有可能成为${tier}级`,
  ],
  tierForAll: ({ tier }) => [`五项因素都为最低时仍得到${tier}级，没有客户会更低`, '提高该级别的分数线'],
  factorWithoutEffect: ({ weight }, w) => [
    `该因素占权重${w.number(weight)} %，但无论其他因素如何都不会改变级别`,
    '提高其权重，或者改为0并将权重分给其他因素',
  ],
  gateWithoutEffect: ({ above }, w) => [
    `高出金额级别${w.number(above)}级即包括所有级别，该限制从不起作用`,
    '填写不超过2，或者取消该限制',
  ],
  oneCycleLimit: ({ value, limit, other }, w) => [
    `一个评估周期${w.number(value)} %不高于连续两个评估周期各${w.number(limit)} %（${w.place(other)}）`,
    '一个评估周期即可达到的限度应当高于需要两个评估周期的限度',
  ],
  wholeStep: ({ value, limit }, w) => [
    `每季度增加${w.number(value)}次已达到或超过B级到A级的全部差距（${w.number(limit)}次）`,
    '降低此项，否则规则符合之前客户已经是A级',
  ],
  wholeFloor: ({ value, limit }, w) => [
    `每年减少${w.number(value)}次已达到或超过B级的全部要求（${w.number(limit)}次）`,
    '降低此项，否则规则只适用于已停止购买的客户',
  ],
  leavesTooLate: ({ value, limit }, w) => [
    `每年少于${w.number(value)}次不低于D级的界限（少于${w.number(limit)}次）`,
    `降低到${w.place('tier.D.frequency.belowPerYear')}以下`,
  ],
  bracketsOrder: ({ from, before }, w) => [
    `从${w.amount(from)}起的一档排在从${w.amount(before)}起的一档之后`,
    '每一档的起点应当高于前一档',
  ],
  ratesOrder: ({ percent, before }, w) => [`${w.number(percent)} %不高于前一档的${w.number(before)} %`, '返利比例应当随金额提高'],
  bracketUnit: ({ basis }) => [
    basis === 'amount' ? '按金额返利，此处却是数量' : '按数量返利，此处却是金额',
    basis === 'amount' ? '填写金额' : '填写数量',
  ],
  quantityUnitMissing: () => ['按数量返利，但没有填写数量单位', '填写单位的中英文名称'],
  firstBracketDiffers: ({ from, percent, threshold, rate }, w) => [
    `第一档为${w.money(from)}起${w.number(percent)} %，而I-12规定${w.money(threshold)}起${w.number(rate)} %`,
    `第一档应当与${w.place('rebate.amountThreshold')}和${w.place('rebate.rate')}一致：是一条规则，不是两条`,
  ],
  noStepAtFloor: ({ floor }, w) => [
    `没有一档从A级客户一年的下限起（${w.money(floor)}，${w.place('tier.A.amount.min')}）`,
    `设一档从${w.money(floor)}起，使返利随级别提高`,
  ],
  judgedShare: ({ share, sum }, w) => [
    `定性指标占${w.number(share)} %，而合作忠诚度和市场影响力的权重合计为${w.number(sum)} %`,
    `在此填写${w.number(sum)}，或者修改权重`,
  ],
  spanEmpty: () => ['0分和100分对应同一数值', '为两端填写不同的数值'],
  retentionRises: ({ tier, value, better, limit }, w) => [
    `${tier}级客户的留存率目标为${w.number(value)} %，高于${better}级客户（${w.number(limit)} %）`,
    `不超过${w.number(limit)} %，或者提高${better}级客户的目标`,
  ],
  classOutOfReach: ({ atLeast, conditions }, w) => [
    `要求符合${w.number(atLeast)}项条件，但只有${w.number(conditions)}项`,
    `不超过${w.number(conditions)}项，或者增加条件`,
  ],
  classUnknown: ({ class: id }, w) => [`没有类别${w.name(id)}`, `在${w.place('admission.classes')}中增加该类别，或者删除此处`],
  cutsOrder: ({ a, b }, w) => [`A类到${w.number(a)} %止，B类到${w.number(b)} %已经结束`, 'B类应当在A类之后结束'],
  capacityNone: ({ tier }) => [`${tier}级不允许有任何客户，每一家都会超出上限`, '至少允许一家，或者改为不限'],
}
