import { formats, type Format } from './format.ts'
import { html, type Html } from './html.ts'
import type { ReportModel, TierOrExit } from './model.ts'
import { labelOf, reportTexts, type ReportTexts } from './texts.ts'

/** What every section needs. */
export interface Context {
  readonly model: ReportModel
  readonly t: ReportTexts
  readonly f: Format
}

export function contextOf(model: ReportModel, minorDigits: number): Context {
  return { model, t: reportTexts(model.locale), f: formats(model.locale, model.currency, minorDigits) }
}

/** Fills `{name}` in a text. Values are escaped where the text is inserted. */
export function fill(text: string, values: { readonly [name: string]: string | number }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole))
}

/** A tier as a coloured letter. */
export function tierChip(tier: TierOrExit, t: ReportTexts): Html {
  const text = tier === 'none' ? '–' : tier === 'exit' ? t.tiers.exit : tier
  return html`<span class="tier t${tier}" ${tier === 'none' ? html` title="${t.tiers.none}"` : ''}>${text}</span>`
}

export { labelOf }
