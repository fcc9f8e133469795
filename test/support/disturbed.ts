import type { Disturbance } from '@ka-governance/core/conformance'

/** What a stand-in of an API does with a request, by what goes wrong. */
export const faultOf = { outage: 'unavailable', lostAnswer: 'cutAfter', lostRequest: 'cutBefore' } as const satisfies {
  readonly [kind in Disturbance]: string
}

type ScriptedFault = (typeof faultOf)[Disturbance]

/** A stand-in's script that disturbs its next request. `asked`: how many there were before. */
export function disturbed(kind: Disturbance, asked: number): (request: { readonly number: number }) => ScriptedFault | null {
  return ({ number }) => {
    if (number === asked + 1) return faultOf[kind]
    // After a lost answer the line stays dead for one request more: the question what became of it is lost, too.
    return number === asked + 2 && kind === 'lostAnswer' ? 'cutBefore' : null
  }
}
