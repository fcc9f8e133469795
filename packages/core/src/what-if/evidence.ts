import { canonicalJson, compareText } from '../rules/index.ts'
import type { SensitivityRow, Simulation } from './types.ts'

/** What a journal keeps of a simulation [GOV-05]: counts, and sums in minor units of `currency`; no names; never more than 8 kB of JSON. The whole of it is known by its digest. */
export type SimulationSummary = Pick<
  Simulation,
  | 'schema'
  | 'scope'
  | 'policy'
  | 'cycle'
  | 'period'
  | 'currency'
  | 'accounts'
  | 'classes'
  | 'recommended'
  | 'directions'
  | 'sales'
> & {
  readonly digest: string
  readonly movers: { readonly total: number; readonly up: number; readonly down: number; readonly assigned: number }
  readonly reclassified: { readonly total: number; readonly up: number; readonly down: number; readonly assigned: number }
  /** Without its brackets. */
  readonly rebate: {
    readonly year: number
    readonly inForceMinor: number | null
    readonly draftMinor: number
    readonly unknown: number
  } | null
  /** Changed parameters of the draft. */
  readonly changes: number
  /** The thresholds that move most accounts, at most ten. */
  readonly sensitivity: readonly Pick<SensitivityRow, 'parameter' | 'number' | 'percent' | 'moved'>[] | null
  readonly instances: {
    readonly open: number
    readonly clocks: { readonly open: number; readonly earlier: number; readonly later: number; readonly overdue: number }
    readonly approvals: { readonly open: number; readonly changed: number; readonly belowQuorum: number }
  } | null
  readonly load: { readonly approvers: number; readonly managers: number; readonly managersOver: number }
}

/**
 * The digest of a simulation: sha-256 of its canonical JSON (RFC 8785), so that whoever has the text can check it against the journal [GOV-05].
 *
 * @param sha256 The host's hash function: UTF-8 text in, lower-case hex out.
 * @example
 * ```ts
 * simulationDigest(simulation, defaultHost.sha256).length // => 64
 * ```
 */
export const simulationDigest = (simulation: Simulation, sha256: (text: string) => string): string =>
  sha256(canonicalJson(simulation))

/** A simulation in small, for the journal entry of a publication [GOV-05]. */
export function simulationSummary(simulation: Simulation, sha256: (text: string) => string): SimulationSummary {
  const { schema, scope, policy, cycle, period, currency, accounts, classes, recommended, directions, sales } = simulation
  const { rebate, instances, load } = simulation
  const moved = ({ total, up, down, assigned }: Simulation['movers']) => ({ total, up, down, assigned })
  return {
    schema,
    scope,
    digest: simulationDigest(simulation, sha256),
    policy,
    cycle,
    period,
    currency,
    accounts,
    classes,
    recommended,
    directions,
    sales,
    rebate: rebate && {
      year: rebate.year,
      inForceMinor: rebate.inForceMinor,
      draftMinor: rebate.draftMinor,
      unknown: rebate.unknown,
    },
    movers: moved(simulation.movers),
    reclassified: moved(simulation.reclassified),
    changes: simulation.diff.length,
    sensitivity: simulation.sensitivity && strongest(simulation.sensitivity),
    instances: instances && {
      open: instances.open,
      clocks: {
        open: instances.clocks.open,
        earlier: instances.clocks.earlier,
        later: instances.clocks.later,
        overdue: instances.clocks.overdue,
      },
      approvals: {
        open: instances.approvals.open,
        changed: instances.approvals.changed,
        belowQuorum: instances.approvals.belowQuorum,
      },
    },
    load: {
      approvers: load.approvers.total,
      managers: load.managers.total,
      managersOver: load.managers.over,
    },
  }
}

const strongest = (rows: readonly SensitivityRow[]): SimulationSummary['sensitivity'] =>
  rows
    .filter(({ moved }) => moved > 0)
    .sort((a, b) => b.moved - a.moved || compareText(a.parameter, b.parameter) || a.percent - b.percent)
    .slice(0, 10)
    .map(({ parameter, number, percent, moved }) => ({ parameter, number, percent, moved }))
