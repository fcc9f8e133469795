import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../errors/index.ts'
import { namedRoles, relativeRoles } from '../policy/index.ts'
import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import { locales } from './locale.ts'
import { collectTexts } from './testing/collect-texts.ts'
import { textOf } from './text-of.ts'
import { zhCn } from './zh-cn.ts'

/** Parts whose functions need real arguments; texts.test.ts shows them by example. */
const withoutExamples = ({ grammar: _, refusals: __, remedies: ___, ...rest }: Catalogue): object => rest
const keysOf = (part: unknown, path = ''): readonly string[] =>
  typeof part !== 'object' || part === null
    ? [`${path}: ${typeof part}`]
    : Object.entries(part).flatMap(([name, value]) => keysOf(value, `${path}.${name}`))

describe('the catalogues', () => {
  it('say the same things in every language', () => {
    expect([...keysOf(zhCn)].sort()).toEqual([...keysOf(en)].sort())
  })
  it.each(locales)('leave nothing empty, undefined or doubled in blanks: %s', (locale) => {
    const texts = collectTexts(withoutExamples(textOf(locale)))
    expect(texts.length).toBeGreaterThan(500)
    const units = /^scoring\.units\./
    const bad = texts.filter(({ path, text }) =>
      units.test(path)
        ? text.includes('undefined')
        : text.trim() === '' || /undefined|\[object|NaN/.test(text) || / {2}(?! *◇)/.test(text.trim()),
    )
    expect(bad).toEqual([])
  })
  it('have no English words left in the Chinese texts but KA and the letters of the tiers', () => {
    const left = collectTexts(withoutExamples(zhCn)).filter(({ text }) => /[A-Za-z]{2,}/.test(text.replaceAll('KA', '')))
    expect(left).toEqual([])
  })
  it('have no Chinese in the English texts', () => {
    expect(collectTexts(withoutExamples(en)).filter(({ text }) => /\p{Script=Han}/u.test(text))).toEqual([])
  })
  it('keep the words of the glossary apart: 升级 is a tier upgrade, never an escalation; 制度, not 策略; one word for a key account', () => {
    const texts = collectTexts(withoutExamples(zhCn))
    const all = texts.map(({ text }) => text).join('\n')
    expect(all).not.toMatch(/策略|拒绝|撤销|关闭|重点客户|关键客户/)
    // The department's name and the service levels of the documents; a customer is a KA客户.
    expect(all.replaceAll(/大客户管理部|[一二]级大客户/g, '')).not.toContain('大客户')
    expect(zhCn.clock.rungs.escalate).toBe('上报')
    const upgrades = texts.filter(({ text }) => text.includes('升级') && !/规则|客户升级|升级软件|升级和降级/.test(text))
    expect(upgrades).toEqual([])
    // 审核 gives an opinion, 审批 decides.
    expect(zhCn.approvals.names.review).toContain('审核')
    expect(zhCn.approvals.names.decision).toContain('审批')
  })
  it('never let the customer hear of a tier [ADJ-13]', () => {
    for (const locale of locales)
      for (const text of Object.values(textOf(locale).effects.customerMessages))
        expect(text).not.toMatch(/tier|级别|[A-D]级|\b[A-D]\b/)
  })
  it('name every refusal code and every role of the requirements', () => {
    for (const locale of locales) {
      const texts = textOf(locale)
      expect(Object.keys(texts.refusals).sort()).toEqual([...refusalCodes].sort())
      expect(Object.keys(texts.roles)).toEqual(expect.arrayContaining([...namedRoles, ...relativeRoles]))
    }
  })
  it('do not compile without a text', () => {
    const { received: _, ...states } = en.states.complaint
    const { reopen: __, ...commands } = en.commands.complaint
    const { lessons: ___, ...fields } = en.fields
    const { mayAppealOnceInTime: ____, ...rules } = en.rules
    const { too_late: _____, ...refusals } = en.refusals
    const { resolution: ______, ...clocks } = en.clocks
    const { 'kaGroup.head': _______, ...roles } = en.roles
    const { dissatisfaction: ________, ...approvals } = en.approvals.names
    const incomplete: readonly Partial<Catalogue>[] = [
      // @ts-expect-error a state has no text
      { states: { ...en.states, complaint: states } },
      // @ts-expect-error a command has no text
      { commands: { ...en.commands, complaint: commands } },
      // @ts-expect-error a field has no text
      { fields },
      // @ts-expect-error a rule has no text
      { rules },
      // @ts-expect-error a refusal code has no text
      { refusals },
      // @ts-expect-error a clock has no text
      { clocks },
      // @ts-expect-error a role has no text
      { roles },
      // @ts-expect-error an approval
      { approvals: { ...en.approvals, names: approvals } },
    ]
    expect(incomplete).toHaveLength(8)
  })
  it('refuse a language that does not exist instead of falling back', () => {
    expect(() => textOf('fr' as never)).toThrow('there are no texts in fr')
    expect(() => textOf('__proto__' as never)).toThrow('there are no texts')
    expect(() => textOf(undefined as never)).toThrow('there are no texts in undefined')
  })
})
