import {
  formatMoneyIn,
  formatNumber,
  formatPolicyPlace,
  minorDigits,
  policyValues,
  textOf,
  type Catalogue,
  type Policy,
  type PolicyValue,
  type Simulation,
  type TierBefore,
  type TierOrExit,
} from '@ka-governance/core'
import { formats, type Format } from '../report/format.ts'
import { html, type Html } from '../report/html.ts'
import { labelOf } from '../report/texts.ts'
import type { Locale } from '../report/model.ts'
import { whatIfTexts, type WhatIfTexts } from './texts.ts'

/** What the page needs beside the simulation. */
export interface WhatIfPageOptions {
  readonly locale: Locale
  /** The draft that was simulated: its words for departments, roles and reasons, and its time zone. */
  readonly policy: Policy
  /** Digest of the simulation, as the publication records it. */
  readonly digest: string
  /** When it was simulated, epoch milliseconds. */
  readonly simulatedAt: number
  /** What the portfolio was read from: files with their rows, in words. Empty: the configured store. */
  readonly data?: readonly string[]
  /** Heads the page; default: the draft's own title. */
  readonly title?: string
}

/** What every section needs. */
export interface Context {
  readonly simulation: Simulation
  readonly options: WhatIfPageOptions
  readonly t: WhatIfTexts
  readonly f: Format
  readonly catalogue: Catalogue
  /** A value of the draft's places in words. */
  readonly value: PolicyValue
}

export function contextOf(simulation: Simulation, options: WhatIfPageOptions): Context {
  const { locale, policy } = options
  return {
    simulation,
    options,
    t: whatIfTexts(locale),
    f: formats(locale, simulation.currency, minorDigits(simulation.currency)),
    catalogue: textOf(locale),
    value: policyValues(policy, locale),
  }
}

type Values = { readonly [name: string]: Html | string | number }

/**
 * Fills a text: `{name}` with a value, `[name?one|other]` with the part that fits the number under that name. Numbers are written as the locale writes
 * them; all but HTML is escaped.
 */
export function say({ f }: Pick<Context, 'f'>, text: string, values: Values = {}): Html {
  const chosen = text.replace(/\[(\w+)\?([^|\]]*)\|([^\]]*)\]/g, (_, name: string, one: string, other: string) =>
    values[name] === 1 ? one : other,
  )
  const parts = chosen.split(/\{(\w+)\}/)
  return html`${parts.map((part, i) => {
    if (i % 2 === 0) return part
    const value = Object.hasOwn(values, part) ? values[part] : undefined
    return typeof value === 'number' ? f.int(value) : (value ?? `{${part}}`)
  })}`
}

/** The same as plain text, for attributes and what is escaped later. */
export function sayText(
  { f }: Pick<Context, 'f'>,
  text: string,
  values: { readonly [name: string]: string | number } = {},
): string {
  return text
    .replace(/\[(\w+)\?([^|\]]*)\|([^\]]*)\]/g, (_, name: string, one: string, other: string) =>
      values[name] === 1 ? one : other,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      return typeof value === 'number' ? f.int(value) : (value ?? whole)
    })
}

/** A tier in words: `tier A`, `exit`, `none yet`. */
export function tierName(context: Context, tier: TierBefore): string {
  const { t } = context
  return tier === 'exit' ? t.migration.exit : tier === 'none' ? t.migration.none : sayText(context, t.migration.tier, { tier })
}

/** A tier as a coloured letter; `null` for what was not there. */
export function chip(context: Context, tier: TierOrExit | 'none' | null): Html {
  const { t } = context
  const key = tier ?? 'none'
  const text = key === 'none' ? '–' : key === 'exit' ? t.migration.exit : key
  return html`<span class="tier t${key}" ${key === 'none' ? html` title="${t.migration.none}"` : ''}>${text}</span>`
}

/** A parameter's number and name. What only concerns the writer of the file (`null: no limit`) is left out. */
export function parameterName({ options }: Context, path: readonly string[]): string {
  return formatPolicyPlace(path, options.locale).replace(/[;；]\s*null[^·]*?(?= ·|$)/, '')
}

/** A parameter's number as people know it; where it has none but a decision of the project behind it, the requirement. */
export function numberOf({ number, clause }: { readonly number: string; readonly clause: string }): string {
  return number.startsWith('decision') ? clause : number
}

/** Money in full; minor units of the draft's currency. */
export function moneyFull({ simulation, options }: Context, minor: number): string {
  return formatMoneyIn({ currency: simulation.currency, minor }, options.locale)
}

/** What an account has, in the unit of the parameter it is measured against. */
export function actualText(context: Context, path: readonly string[], unit: string | null, actual: number): string {
  if (unit === 'money') return moneyFull(context, Math.round(actual))
  const rounded = Math.round(actual * 100) / 100
  return unit === null ? formatNumber(rounded) : context.value(path, rounded)
}

/** `+4`, `−2`, `±0`. */
export function signed({ f }: Pick<Context, 'f'>, n: number): string {
  return n === 0 ? '±0' : `${n > 0 ? '+' : '−'}${f.int(Math.abs(n))}`
}

/** By how much an amount changed, in percent: `+4.2 %`; `null` where there was nothing. */
export function change({ f }: Pick<Context, 'f'>, before: number, after: number): string | null {
  if (before <= 0) return null
  const part = (after - before) / before
  const digits = Math.abs(part) < 0.1 ? 1 : 0
  return `${part < 0 ? '−' : part > 0 ? '+' : '±'}${f.share(Math.abs(part), digits)}`
}

/** What else moved with a parameter. */
export const numbersOf = (joined: readonly { readonly number: string; readonly clause?: string }[]): string =>
  [...new Set(joined.map(({ number, clause = number }) => numberOf({ number, clause })))].join(', ')

export { labelOf }
