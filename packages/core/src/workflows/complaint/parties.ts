import type { ComplaintContext } from './types.ts'

/**
 * Who hears of a new complaint. Customer service is responsible and the KA department coordinates [CPL-08]; a complaint about a product also goes to its
 * other parties and to manufacturing [CPL-08, CPL-12]. A manager who is complained about is not told; the head of the KA department is.
 */
export function partiesOf(context: ComplaintContext): readonly string[] {
  const manager = context.managerNamed ? [] : ['accountManager']
  const product = context.about === 'product' ? ['production', 'salesBackOffice', 'regionalManager', 'salesVicePresident'] : []
  return ['owner', 'keyAccounts.head', ...manager, ...product]
}
