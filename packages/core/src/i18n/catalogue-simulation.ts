/** Texts of a simulation. Counts come as words of the language already grouped; `one`: exactly one. */
export interface SimulationTexts {
  readonly headline: (draft: string, inForce: string | null, cycle: string) => string
  readonly accounts: (total: string, one: boolean, parts: string) => string
  readonly parts: {
    readonly [P in 'assessed' | 'provisional' | 'notAssessed' | 'failed']: (count: string) => string
  }
  /** Under the headline of a simulation of some accounts. */
  readonly onlySome: string
  readonly leftOut: {
    readonly [P in 'notGoverned' | 'inGroups']: (count: string, one: boolean) => string
  }
  readonly nobody: string
  readonly movers: (count: string, one: boolean, parts: string) => string
  readonly reclassified: (count: string, one: boolean, parts: string) => string
  readonly ways: { readonly [W in 'up' | 'down' | 'assigned']: (count: string) => string }
  readonly mover: (name: string, from: string, to: string, amount: string | null) => string
  readonly none: string
  readonly because: (number: string, name: string, before: string, after: string, actual: string | null) => string
  readonly more: (count: string) => string
  readonly row: (from: string, to: string) => string
  readonly cell: (count: string, tier: string) => string
  readonly sales: (tier: string, before: string, after: string) => string
  readonly salesOf: (count: string, one: boolean, amount: string) => string
  readonly tierFull: (tier: string, count: string, limit: string) => string
  readonly managerFull: (manager: string, count: string, limit: string) => string
  readonly sensitivity: string
  readonly threshold: (number: string, name: string, percent: string, value: string) => string
  readonly moves: (count: string, one: boolean, parts: string) => string
  readonly insensitive: string
  readonly open: (count: string, one: boolean, kinds: string) => string
  readonly clocks: (parts: { readonly earlier: string; readonly later: string; readonly overdue: string }) => string
  readonly clocksSame: string
  readonly approvals: (changed: string, belowQuorum: string) => string
  readonly approvalsSame: string
  readonly rebate: (year: string, before: string | null, after: string) => string
  readonly failure: (account: string, why: string) => string
  readonly reasons: { readonly [C in 'facts_missing' | 'facts_malformed']: (field: string) => string }
  readonly changes: (count: string, one: boolean) => string
}
