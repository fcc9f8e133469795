import type { Locale } from '@ka-governance/core'

/** Words of an account's card beyond what core's catalogues say of the review. */
export interface CardTexts {
  readonly lifts: string
  readonly lift: (changes: string, tier: string) => string
  readonly and: string
  readonly change: { readonly [unit: string]: (n: string) => string }
  readonly noLift: string
  readonly top: string
  readonly scales: string
  readonly tier: string
  readonly grade: (letter: string, points: string) => string
  readonly gradeNext: (points: string, letter: string) => string
  readonly notKeyAccount: string
  readonly noData: string
  readonly serviceLevel: (level: string) => string
  readonly drives: string
  readonly value: (points: string) => string
  readonly lifetime: (amount: string) => string
  readonly part: (name: string, points: string, weight: string) => string
  readonly parts: { readonly [name: string]: string }
  readonly classes: string
  readonly segment: string
  readonly segments: { readonly [name: string]: string }
  readonly rebate: (year: string, amount: string, percent: string) => string
  readonly rebateOutstanding: (credited: string, outstanding: string) => string
  readonly rebateNext: (lacks: string, percent: string, there: string) => string
  readonly units: (n: string) => string
  readonly none: string
  readonly complaints: string
  readonly noComplaints: string
  readonly opened: (id: string, state: string) => string
  readonly noClock: string
  readonly stored: string
}

export const cardTexts: { readonly [L in Locale]: CardTexts } = {
  en: {
    lifts: 'Smallest changes that would lift it',
    lift: (changes, tier) => `${changes} → ${tier}`,
    and: ' and ',
    change: {
      minor: (n) => `${n} more net purchases`,
      purchasesPerMonth: (n) => `${n} more purchases a month`,
      purchasesPerQuarter: (n) => `${n} more purchases a quarter`,
      purchasesPerYear: (n) => `${n} more purchases a year`,
      score: (n) => `${n} points more`,
      years: (n) => `${n} years more of relationship`,
      disputes: (n) => `${n} upheld disputes fewer`,
      days: (n) => `the oldest debt ${n} days younger`,
      settled: () => 'the serious dispute settled',
    },
    noLift: 'No change of a measure lifts it now',
    top: 'There is no tier above A',
    scales: 'Scales',
    tier: 'Tier',
    grade: (letter, points) => `KA grade ${letter} (${points} points)`,
    gradeNext: (points, letter) => `${points} points lack to ${letter}`,
    notKeyAccount: 'KA grade: only admitted key accounts have one',
    noData: 'KA grade: no indicator is known',
    serviceLevel: (level) => `Service level ${level}`,
    drives: 'sets clocks and rights',
    value: (points) => `Value: ${points} of 100 points`,
    lifetime: (amount) => `lifetime value ${amount}`,
    part: (name, points, weight) => `${name} ${points} of ${weight}`,
    parts: {
      spend: 'spend',
      frequency: 'frequency',
      potential: 'potential',
      lifetime: 'lifetime value',
      loyalty: 'loyalty',
      influence: 'influence',
      sales: 'sales',
      growth: 'growth',
      satisfaction: 'satisfaction',
    },
    classes: 'Classes',
    segment: 'Need segment',
    segments: { price: 'price', service: 'service', technology: 'technology', mixed: 'mixed' },
    rebate: (year, amount, percent) => `Rebate ${year} so far: ${amount} (${percent} %)`,
    rebateOutstanding: (credited, outstanding) => `credited ${credited}, outstanding ${outstanding}`,
    rebateNext: (lacks, percent, there) => `Next step: ${lacks} more earns ${percent} %, a rebate of ${there} there`,
    units: (n) => `${n} units`,
    none: 'none',
    complaints: 'Open complaints',
    noComplaints: 'No open complaint',
    opened: (id, state) => `${id}: ${state}`,
    noClock: 'no clock runs',
    stored: 'Clocks of complaints are in a store, not in CSV files',
  },
  'zh-CN': {
    lifts: '最少需改善以下任一项即可升级',
    lift: (changes, tier) => `${changes} → ${tier}`,
    and: '，并且',
    change: {
      minor: (n) => `净采购额再增加${n}`,
      purchasesPerMonth: (n) => `每月再增加采购${n}次`,
      purchasesPerQuarter: (n) => `每季度再增加采购${n}次`,
      purchasesPerYear: (n) => `每年再增加采购${n}次`,
      score: (n) => `评分再提高${n}分`,
      years: (n) => `合作年限再增加${n}年`,
      disputes: (n) => `成立的纠纷再减少${n}起`,
      days: (n) => `最长逾期缩短${n}天`,
      settled: () => '严重纠纷得到解决',
    },
    noLift: '目前没有可以使其升级的改善',
    top: '已是最高级别A级',
    scales: '各级标尺',
    tier: '客户级别',
    grade: (letter, points) => `KA客户等级${letter}（${points}分）`,
    gradeNext: (points, letter) => `距${letter}级还差${points}分`,
    notKeyAccount: 'KA客户等级：仅适用于已准入的KA客户',
    noData: 'KA客户等级：没有已知指标',
    serviceLevel: (level) => `服务层级${level}`,
    drives: '决定时限与权限',
    value: (points) => `客户价值：${points}分（满分100分）`,
    lifetime: (amount) => `生命周期价值${amount}`,
    part: (name, points, weight) => `${name}${points}/${weight}`,
    parts: {
      spend: '采购额',
      frequency: '采购频率',
      potential: '潜在价值',
      lifetime: '生命周期价值',
      loyalty: '忠诚度',
      influence: '影响力',
      sales: '销售额',
      growth: '增长率',
      satisfaction: '满意度',
    },
    classes: 'KA客户类型',
    segment: '需求细分',
    segments: { price: '价格型', service: '服务型', technology: '技术型', mixed: '综合型' },
    rebate: (year, amount, percent) => `${year}年截至目前返利：${amount}（${percent}%）`,
    rebateOutstanding: (credited, outstanding) => `已兑现${credited}，待兑现${outstanding}`,
    rebateNext: (lacks, percent, there) => `下一档：再增加${lacks}可按${percent}%计，届时返利${there}`,
    units: (n) => `${n}件`,
    none: '无',
    complaints: '未结投诉',
    noComplaints: '没有未结投诉',
    opened: (id, state) => `${id}：${state}`,
    noClock: '无计时',
    stored: '投诉计时来自已配置的存储，CSV文件中没有',
  },
}
