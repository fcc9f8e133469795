import type { Locale } from '../report/model.ts'
import { en } from './texts-en.ts'
import { zhCN } from './texts-zh-cn.ts'

/** Texts of the what-if page. English is the measure: a key that another language lacks does not compile. */
export type WhatIfTexts = typeof en

const all: { readonly [L in Locale]: WhatIfTexts } = { en, 'zh-CN': zhCN }

export function whatIfTexts(locale: Locale): WhatIfTexts {
  return all[locale]
}
