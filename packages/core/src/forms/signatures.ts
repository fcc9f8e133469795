/** Who signs a printed form. */
export type Signatory = 'company' | 'customer'

const both: readonly Signatory[] = ['company', 'customer']

/** Forms that two parties sign; every other one stands on the journal's word alone [ADM-09, PRJ-01, PRJ-10]. */
export const signedForms: ReadonlyMap<string, readonly Signatory[]> = new Map([
  ['contract', both],
  ['needConfirmation', both],
  ['projectAcceptance', both],
])

/** The signature lines of a form, in order. */
export const signaturesOf = (form: string): readonly Signatory[] => signedForms.get(form) ?? []
