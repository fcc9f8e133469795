import type { RolloutCount, RolloutReport, RolloutRule, RolloutWorkflow } from '../runtime/index.ts'
import { formatNumber } from './amounts.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import { formatInstant } from './time.ts'
import type { FormatOptions } from './words.ts'

/**
 * The report on a rollout as lines: each workflow with its share, then its rules, the most broken first, with commands, roles and examples [GOV-09].
 *
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * formatRollout({ from: null, to: null, workflows: [] }, 'zh-CN')
 * // => ['强制执行时将不被允许的操作', '没有不符合制度的操作。']
 * ```
 */
export function formatRollout(report: RolloutReport, locale: Locale, options: FormatOptions = {}): readonly string[] {
  const { rollout } = textOf(locale)
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone }
  const at = (instant: number | null): string | null => (instant === null ? null : formatInstant(instant, locale, zone))
  const clean = report.workflows.every(({ breaching }) => breaching === 0)
  return [
    rollout.period(at(report.from), at(report.to)),
    ...report.workflows.flatMap((workflow) => workflowLines(workflow, locale, options)),
    ...(clean ? [rollout.nothing] : []),
  ]
}

function workflowLines(workflow: RolloutWorkflow, locale: Locale, options: FormatOptions): readonly string[] {
  const { kinds, rollout } = textOf(locale)
  const name = lookUp(kinds, workflow.kind) ?? harmless(workflow.kind)
  const mode = rollout.modes[workflow.mode]
  if (workflow.share === null) return [rollout.noCommands(name, mode)]
  const line = rollout.workflow({
    workflow: name,
    mode,
    breaching: formatNumber(workflow.breaching),
    commands: formatNumber(workflow.commands),
    share: percent(workflow.share),
  })
  return [line, ...workflow.rules.flatMap((rule) => ruleLines(rule, locale, { ...options, kind: workflow.kind }))]
}

function ruleLines(rule: RolloutRule, locale: Locale, options: FormatOptions): readonly string[] {
  const { grammar, rollout, rules } = textOf(locale)
  const words = createWords(locale, options, false)
  const list = (counts: readonly RolloutCount[], word: (name: string) => string): string =>
    grammar.series(
      counts.map(({ name, breaching, commands }) => rollout.count(word(name), formatNumber(breaching), formatNumber(commands))),
    )
  const head = rollout.rule({
    rule: lookUp(rules, rule.rule) ?? harmless(rule.rule),
    clause: harmless(rule.clause),
    commands: formatNumber(rule.breaching),
    share: percent(rule.share),
  })
  const details = [
    rollout.byCommand(list(rule.byCommand, words.command)),
    rollout.byRole(list(rule.byRole, (role) => (role === '' ? rollout.noRole : words.role(role)))),
    rollout.people(formatNumber(rule.people)),
    rollout.examples(grammar.series(rule.examples.map((key) => harmless(key, 100)))),
  ]
  return [`  ${head}`, ...details.map((detail) => `    ${detail}`)]
}

/** A share is never shown as none or as all unless it is. */
function percent(share: number): string {
  const shown = Math.round(share * 1000) / 10
  const safe = share > 0 && shown === 0 ? 0.1 : share < 1 && shown === 100 ? 99.9 : shown
  return `${formatNumber(safe)} %`
}
