import { accountStates } from '../ledgers/account/types.ts'
import { policyLedgerStates } from '../ledgers/policy/types.ts'
import { projectStates } from '../ledgers/project/types.ts'
import { admissionStates } from '../workflows/admission/types.ts'
import { complaintStates } from '../workflows/complaint/types.ts'
import { policyPublicationStates } from '../workflows/policy-publication/types.ts'
import { projectChangeStates } from '../workflows/project-change/types.ts'
import { tierAdjustmentStates } from '../workflows/tier-adjustment/types.ts'
import { definitionOf } from './runtime.ts'

/** A state that instances of a kind can be seen in. */
export interface ListedState {
  readonly state: string
  /** Nothing is left to be done: the projection is not `open`. */
  readonly isClosed: boolean
}

const statesOf: { readonly [kind: string]: readonly string[] } = {
  admission: admissionStates,
  complaint: complaintStates,
  'tier-adjustment': tierAdjustmentStates,
  account: accountStates,
  project: projectStates,
  'project-change': projectChangeStates,
  policy: policyLedgerStates,
  'policy-publication': policyPublicationStates,
}

/**
 * Every kind of instance with its states, in the order in which a case usually goes through them: what stages of a pipeline, values of a list and columns of a board are made of. `opening` is not
 * among them: nobody ever sees it.
 *
 * @example
 * ```ts
 * listStates().get('policy') // => [{ state: 'waiting', isClosed: false }, { state: 'governing', isClosed: false }]
 * ```
 */
export function listStates(): ReadonlyMap<string, readonly ListedState[]> {
  return new Map(
    Object.entries(statesOf).map(([kind, states]) => {
      const { closedStates } = definitionOf(kind)
      return [
        kind,
        states.filter((state) => state !== 'opening').map((state) => ({ state, isClosed: closedStates.includes(state) })),
      ] as const
    }),
  )
}
