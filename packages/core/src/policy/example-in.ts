import type { Finding } from '../errors/index.ts'
import { parameterAt, type Parameter } from './clauses.ts'
import { parsePath } from './source/index.ts'

/**
 * The example of a parameter with its amounts in a currency; what is no currency's code changes nothing.
 *
 * @example
 * ```ts
 * parameters.filter(({ path }) => path === 'tier.A.amount.min').map((parameter) => exampleIn(parameter, 'USD')) // => ['USD 16,000,000']
 * ```
 */
export const exampleIn = ({ example }: Parameter, currency: unknown): string =>
  typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? example.replaceAll(/\bCNY(?= \d)/g, currency) : example

/** The same finding with the example of its remedy in the draft's own currency, which other languages read as `data.example`. */
export function withExampleIn(finding: Finding, currency: unknown): Finding {
  const parameter = parameterAt(parsePath(finding.path))
  if (parameter === undefined) return finding
  const example = exampleIn(parameter, currency)
  const usual = `e.g. ${parameter.example}`
  if (example === parameter.example || !finding.remedy.endsWith(usual)) return finding
  return { ...finding, remedy: `${finding.remedy.slice(0, -usual.length)}e.g. ${example}`, data: { ...finding.data, example } }
}
