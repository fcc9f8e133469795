import type { FormName } from '../i18n/keys.ts'

/** Who signs a printed form. */
export type Signatory = 'company' | 'customer'

/** Forms that two parties sign; every other one stands on the journal's word alone. */
const signed: { readonly [F in FormName]?: readonly Signatory[] } = {}

/** The signature lines of a form, in order. */
export function signaturesOf(form: string): readonly Signatory[] {
  const known: { readonly [form: string]: readonly Signatory[] | undefined } = signed
  return Object.hasOwn(known, form) ? (known[form] ?? []) : []
}
