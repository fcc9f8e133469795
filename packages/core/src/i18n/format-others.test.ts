import { describe, expect, it } from 'vitest'
import { GovernanceError, InvalidInputError } from '../errors/index.ts'
import { manufacturerCn, policyTemplate, checkPolicy } from '../policy/index.ts'
import { formatClockExplanation } from './format-clock-explanation.ts'
import { formatEffect } from './format-effect.ts'
import { formatEntry } from './format-entry.ts'
import { formatError } from './format-error.ts'
import { formatFieldName } from './format-field-name.ts'
import { formatFinding } from './format-finding.ts'
import { formatOptionsOf } from './format-options.ts'
import { formatRecommendation } from './format-recommendation.ts'
import { locales } from './locale.ts'
import { entryWith, sampleExplanations, sampleRecommendations } from './testing/samples.ts'

const zone = { timeZone: 'Asia/Shanghai' }

describe('formatClockExplanation', () => {
  it('gives a sum that a person can check: each line adds up to the next, and the last is the budget', () => {
    const hours = (text: string): number => {
      const [, h = '0', m = '0'] = /(?:(\d+) h)?(?: ?(\d+) min)?/.exec(text) ?? []
      return Number(h) * 60 + Number(m)
    }
    for (const name of ['hours over a holiday', 'a pause taken to its cap', 'a long span of uneven days', 'elapsed hours']) {
      const explanation = sampleExplanations[name]
      if (explanation === undefined) throw new Error(name)
      let total = 0
      const lines = formatClockExplanation(explanation, 'en', zone)
      for (const line of lines.filter((l) => l.startsWith('  '))) {
        const [, counted = '', sum = ''] = /\+(.*) = (.*)$/.exec(line) ?? []
        total += hours(counted)
        expect(hours(sum)).toBe(total)
      }
      expect(lines.join('\n')).toMatch(/= (.*) of \1, used up at/)
      expect(lines[0]).toContain(': due at ')
    }
  })
  it('says that a due instant is open while an uncapped pause lasts', () => {
    const explanation = sampleExplanations['hours with a pause that lasts']!
    const text = formatClockExplanation(explanation, 'zh-CN', zone).join('\n')
    expect(text).toContain('到期时间未定')
    expect(text).toContain('至目前，原因：“等待样品或现场条件”')
  })
  it('shows the same instants in another zone', () => {
    const explanation = sampleExplanations['a fixed day']!
    expect(formatClockExplanation(explanation, 'en', { timeZone: 'UTC' })[0]).toBe(
      'Effective date: due at Tuesday 31 March 2026, 16:00',
    )
  })
})

describe('formatRecommendation', () => {
  it.each(locales)('tells outcome, reasons, what is missing to the next tier, and how near the downgrade is: %s', (locale) => {
    for (const recommendation of Object.values(sampleRecommendations)) {
      const lines = formatRecommendation(recommendation, locale, { currency: 'CNY' })
      expect(lines.join('\n')).not.toMatch(/undefined|\[object|NaN/)
      for (const { clause } of recommendation.rules) expect(lines.some((line) => line.includes(`[${clause}]`))).toBe(true)
      const conditions = recommendation.rules.flatMap((rule) => rule.conditions).length
      expect(lines.filter((line) => /needed|要求/.test(line)).length).toBe(
        conditions + (recommendation.classification.nextTier === null ? 0 : recommendation.classification.shortfalls.length),
      )
    }
  })
  it('names the shortfall in money, with requirement and parameter', () => {
    expect(formatRecommendation(sampleRecommendations['downgrade']!, 'zh-CN', { currency: 'CNY' })).toContain(
      '  购买金额：要求不低于16,000,000元，实际11,700,000元[P-07, tier.A.amount.min]',
    )
  })
  it('covers every direction', () => {
    const directions = Object.values(sampleRecommendations).map(({ direction }) => direction)
    expect(new Set(directions)).toEqual(new Set(['up', 'down', 'stay', 'exit', 'hold', 'assign', 'notAssessed']))
  })
})

describe('formatEffect and formatEntry', () => {
  it('names departments and people of the policy', () => {
    const options = formatOptionsOf(manufacturerCn())
    const effect = { type: 'notify', params: { to: ['person:u-liu', 'technical'], message: 'complaintForwarded' } }
    expect(formatEffect(effect, 'zh-CN', options)).toBe('通知刘洋 Liu Yang和技术部：有投诉待签收。')
    expect(formatEntry(entryWith({}), 'en', options)).toBe(
      '2 March 2026, 10:00:00 · no. 2 · 黄晓燕 Huang Xiaoyan · Forward to the responsible department · Received → Assigned, to be accepted · 1 effect',
    )
  })
  it('tells the customer a service level, never a tier letter [ADJ-13]', () => {
    for (const serviceLevel of [1, 2, 3, null])
      for (const locale of locales) {
        const text = formatEffect(
          { type: 'tellCustomer', params: { message: 'serviceArrangement', data: { serviceLevel } } },
          locale,
        )
        expect(text).not.toMatch(/\b[A-D]\b|[A-D]级|null|undefined/)
      }
  })
  it('is total: missing and hostile parameters', () => {
    for (const type of ['notify', 'tellCustomer', 'createTask', 'fileDocument', 'command', 'clockRung', 'else\u0007'])
      for (const params of [null, 'x', {}, { to: [], message: '<b>' }, { to: 7, message: { a: 1 }, data: 'x' }])
        for (const locale of locales) {
          const text = formatEffect({ type, params }, locale)
          expect(text).not.toMatch(/undefined|\[object|[<>\u0007]/)
        }
    expect(formatEntry(entryWith({ command: { type: '__proto__' }, to: 'nowhere' }), 'zh-CN', zone)).toContain(
      '__proto__ · 已受理 → nowhere',
    )
  })
})

describe('formatFieldName', () => {
  it('knows paths, the command where it matters, and shows others verbatim', () => {
    expect(formatFieldName('prevention.owner', 'en')).toBe('Prevention measure › Responsible person')
    expect(formatFieldName('parts.0.matter', 'zh-CN')).toBe('拆分事项 › 投诉事项')
    expect(formatFieldName('to', 'en', 'transferVote')).toBe('New approver')
    expect(formatFieldName('to', 'zh-CN', 'propose')).toBe('调整后级别')
    expect(formatFieldName('__proto__', 'en')).toBe('__proto__')
  })
})

describe('formatError and formatFinding', () => {
  it('says what happened and what to do, where, and keeps the English message as a detail', () => {
    const error = new GovernanceError('clock_skew', 'the clock is 90 s behind', { details: { instanceId: 'cmp-1', clock: 5 } })
    expect(formatError(error, 'zh-CN')).toBe(
      '本机时钟落后，请校正时钟，本次未保存任何内容（流程单编号：cmp-1、clock：5）。\n技术信息：the clock is 90 s behind',
    )
  })
  it('lists the findings of the whole template, each with its place and what to fill in', () => {
    const { findings } = checkPolicy(policyTemplate())
    const error = new InvalidInputError('Policy', findings, 'invalid_policy')
    for (const locale of locales) {
      const lines = formatError(error, locale).split('\n')
      expect(lines).toHaveLength(22)
      expect(lines.join('\n')).not.toMatch(/undefined|\[object/)
    }
    for (const finding of findings.filter(({ code }) => code === 'unset'))
      expect(formatFinding(finding, 'zh-CN')).toMatch(/尚未填写。请填写“/)
  })
  it('names the field of a form', () => {
    const finding = {
      path: 'prevention.measure',
      code: 'too_small',
      message: 'not empty',
      remedy: 'give prevention.measure as described',
    }
    expect(formatFinding(finding, 'zh-CN')).toContain('防止再发措施 › 措施（prevention.measure）：过小或过短')
  })
  it('shows what is no error of the SDK without trusting it', () => {
    expect(formatError('<script>\u0007', 'en')).toBe(
      'An unexpected error occurred. Tell the administrator.\nDetails: ‹script›\\u{7}',
    )
    expect(formatError(undefined, 'zh-CN')).toBe('发生意外错误，请联系系统管理员。')
    expect(formatError({ toString: () => 'x' }, 'en')).toBe('An unexpected error occurred. Tell the administrator.')
    expect(formatError(new GovernanceError('from_the_future' as never, 'm'), 'en')).toContain('unexpected')
  })
})
