import { en } from './texts-en.ts'
import { zhCN } from './texts-zh-cn.ts'
import type { Locale } from './model.ts'

/** Texts of the report. English is the measure: a key that another language lacks does not compile. */
export type ReportTexts = typeof en

const all: { readonly [locale in Locale]: ReportTexts } = { en, 'zh-CN': zhCN }

export function reportTexts(locale: Locale): ReportTexts {
  return all[locale]
}

/** The label of a code; the code itself where the catalogue has none (a policy may define its own). */
export function labelOf(labels: { readonly [code: string]: string }, code: string): string {
  return Object.hasOwn(labels, code) ? (labels[code] ?? code) : code
}
