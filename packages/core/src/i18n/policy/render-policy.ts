import type { Policy } from '../../policy/index.ts'
import type { Locale } from '../locale.ts'
import { textOf } from '../text-of.ts'
import { chapters } from './chapters.ts'
import { documentTexts } from './document-texts.ts'
import type { PolicyDocument, PolicyParagraph, PolicyTable } from './policy-document.ts'
import { policyReader } from './policy-reader.ts'
import { policyTable } from './policy-tables.ts'
import { policyValues } from './policy-value.ts'

/**
 * The policy as a document for people: chapter by chapter, its numbers in sentences and tables, each with the parameters and requirements behind it. What
 * it leaves out is the directory of people, which is personal data [GOV-05].
 *
 * @throws InvalidInputError when the language does not exist.
 * @example
 * ```ts
 * const { sections } = renderPolicy(loadPolicy(presets.manufacturerCn), 'en')
 * sections.find(({ id }) => id === 'contracts')?.blocks[0]
 * // => { kind: 'paragraph', text: 'Renewal is asked for 90 calendar days before a contract ends. Unless it is renewed, the status of a key account lapses 30 calendar days after the end.', parameters: ['contract.renewalNotice.days', 'contract.graceAfterExpiry.days'], numbers: ['I-37'], clauses: ['ADM-13'] }
 * ```
 */
export function renderPolicy(policy: Policy, locale: Locale): PolicyDocument {
  const { grammar } = textOf(locale)
  const texts = documentTexts[locale]
  const reading = policyValues(policy, locale, false)
  const sections = chapters.map(({ id, paragraphs, tables }) => ({
    id,
    title: texts.chapters[id],
    blocks: [
      ...paragraphs.map((name): PolicyParagraph => {
        const reader = policyReader(policy, locale, reading)
        const text = texts.paragraphs[name]((path) => reader.say(path.split('.')))
        return { kind: 'paragraph', text, ...reader.sources() }
      }),
      ...tables.map((name): PolicyParagraph | PolicyTable => {
        const reader = policyReader(policy, locale, reading)
        const { head, rows } = policyTable(name, policy, locale, reader)
        const title = texts.tables[name]
        if (rows.length > 0) return { kind: 'table', title, head, rows, ...reader.sources() }
        return { kind: 'paragraph', text: grammar.sentence(grammar.pair(title, texts.words.none)), ...reader.sources() }
      }),
    ],
  }))
  return { title: policyReader(policy, locale, reading).say(['title']), sections }
}
