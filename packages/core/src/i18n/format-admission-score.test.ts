import { describe, expect, it } from 'vitest'
import { manufacturerCn } from '../policy/index.ts'
import { admissionScore } from '../scoring/index.ts'
import { formatAdmissionScore } from './format-admission-score.ts'

const score = admissionScore(
  {
    lawfulOperation: 1,
    goodReputation: 1,
    noMajorViolation: 0,
    annualVolume: 150_000_050,
    growthPotential: 80,
    willingness: 90,
    paidInCapital: 800_000_000,
    overdueDays: 61,
    stableYears: 4.5,
  },
  manufacturerCn(),
)

describe('an admission score as people read it [ADM-06]', () => {
  it('in English', () => {
    expect(formatAdmissionScore(score, 'en')).toEqual([
      'Admission score 55 (at least 60): screened out',
      'Qualification is mandatory and not met',
      'Financial standing is mandatory and not met',
      'Qualification: 0 × 25 % (mandatory)',
      '  Lawful operation: yes; yes – met',
      '  Good reputation: yes; yes – met',
      '  No major violation: no; yes – not met',
      'Business need: 75 × 30 %',
      '  Yearly volume: CNY 1,500,000.50; at least CNY 2,000,000 – not met',
      '  Growth potential: 80; at least 60 – met',
      'Willingness to cooperate: 100 × 20 %',
      '  Willingness to cooperate: 90; at least 60 – met',
      'Financial standing: 50 × 25 % (mandatory)',
      '  Paid-in capital or insured limit: CNY 8,000,000; at least CNY 5,000,000 – met',
      '  Days overdue: 61; at most 30 – not met',
      '  Years of stable business: 4.5; at least 3 – met',
    ])
  })
  it('in Chinese, with what would be enough', () => {
    const late = {
      ...Object.fromEntries(score.parts.flatMap((p) => p.measures.map((m) => [m.measure, m.actual]))),
      noMajorViolation: 1,
    }
    const lines = formatAdmissionScore(admissionScore(late as never, manufacturerCn()), 'zh-CN')
    expect(lines.at(0)).toBe('准入评分80（不低于60）：初评未通过')
    expect(lines.at(1)).toBe('财务状况为必备标准，未达到')
    expect(lines.at(-1)).toBe('仅逾期天数达到30即可通过')
    expect(lines.filter((line) => line.includes('150万') || line.includes('1,500,000.50元'))).toHaveLength(1)
  })
})
