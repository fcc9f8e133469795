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
}
