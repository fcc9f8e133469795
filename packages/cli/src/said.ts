import type { Locale } from '@ka-governance/core'

/** A text in every language that the command line speaks. */
export type Said = { readonly [L in Locale]: string }

export const say = (en: string, zhCn: string): Said => ({ en, 'zh-CN': zhCn })

/** What is wrong with an input, and what helps, in every language; its `message` and `remedy` are English. */
export class SaidError extends Error {
  readonly remedy: string
  readonly #message: Said
  readonly #remedy: Said

  constructor(message: Said, remedy: Said, options?: ErrorOptions) {
    super(message.en, options)
    this.remedy = remedy.en
    this.#message = message
    this.#remedy = remedy
  }

  /** The same in another language. */
  in(locale: Locale): { readonly message: string; readonly remedy: string } {
    return { message: this.#message[locale], remedy: this.#remedy[locale] }
  }

  /** The same in every language. */
  get told(): { readonly message: Said; readonly remedy: Said } {
    return { message: this.#message, remedy: this.#remedy }
  }
}

/** What a finding says of itself in one language. */
interface Told {
  readonly message: string
  readonly remedy: string
}

/** A finding with its words in every language. */
export type InWords<F extends Told> = Omit<F, keyof Told> & { readonly [K in keyof Told]: Said }

/** Findings as one language says them. */
export const findingsIn = <F extends Told>(findings: readonly InWords<F>[], locale: Locale): readonly F[] =>
  findings.map((finding) => ({ ...finding, message: finding.message[locale], remedy: finding.remedy[locale] }) as unknown as F)
