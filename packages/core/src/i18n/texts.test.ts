import { format } from 'prettier'
import { describe, expect, it } from 'vitest'
import { formatClockExplanation } from './format-clock-explanation.ts'
import { formatEffect } from './format-effect.ts'
import { formatEntry } from './format-entry.ts'
import { formatError } from './format-error.ts'
import { formatRecommendation } from './format-recommendation.ts'
import { formatRefusal } from './format-refusal.ts'
import { locales, type Locale } from './locale.ts'
import { collectTexts } from './testing/collect-texts.ts'
import { sampleRefusals } from './testing/sample-refusals.ts'
import { sampleEffects, sampleEntries, sampleErrors, sampleExplanations, sampleRecommendations } from './testing/samples.ts'
import { textOf } from './text-of.ts'

const options = { timeZone: 'Asia/Shanghai', currency: 'CNY', people: { 'u-17': '刘洋 Liu Yang' } }
const block = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n')
const each = (samples: object, lines: (sample: never) => readonly string[]): string =>
  Object.entries(samples)
    .map(([name, sample]) => `### ${name}\n\n${block(lines(sample as never))}`)
    .join('\n\n')

/** All texts of a language on one page: by example where they need data, else with ◇ for what is put in. */
function page(locale: Locale): string {
  const { grammar: _, refusals: __, remedies: ___, ...parts } = textOf(locale)
  const examples: readonly (readonly [string, string])[] = [
    ['Refusals', block(sampleRefusals.map((refusal) => `${refusal.code}: ${formatRefusal(refusal, locale, options)}`))],
    ['Clocks, explained', each(sampleExplanations, (sample) => formatClockExplanation(sample, locale, options))],
    ['Tier reviews', each(sampleRecommendations, (sample) => formatRecommendation(sample, locale, options))],
    ['Effects', block(sampleEffects.map((effect) => formatEffect(effect, locale, options)))],
    ['Audit trail', block(sampleEntries.map((entry) => formatEntry(entry, locale, options)))],
    ['Errors', block(sampleErrors.map((error) => formatError(error, locale)))],
  ]
  const lists = Object.entries(parts).map(
    ([name, part]) =>
      [
        name,
        collectTexts(part)
          .map(({ path, text }) => (path === '' ? text : `- \`${path}\`: ${text.trim()}`))
          .join('\n'),
      ] as const,
  )
  const intro = `# Texts: ${locale}\n\nGenerated from the catalogue and compared by \`texts.test.ts\`; refresh with \`vitest run -u\`. Read the difference when a text changes.`
  return [intro, ...[...examples, ...lists].map(([title, text]) => `## ${title}\n\n${text}`)].join('\n\n')
}

describe('what people read', () => {
  it.each(locales)('is the page that reviewers have seen: %s', async (locale) => {
    await expect(await format(page(locale), { parser: 'markdown', printWidth: 130 })).toMatchFileSnapshot(`./texts.${locale}.md`)
  })
  it.each(locales)('has no gap, no object and no undefined in any example: %s', (locale) => {
    expect(page(locale)).not.toMatch(/undefined|\[object|NaN|null/)
  })
})
