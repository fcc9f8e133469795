import type { Simulation } from '../types.ts'
import type { Law } from './law.ts'
import { ofAccounts } from './of-accounts.ts'
import { ofLoad } from './of-load.ts'
import { ofMoves } from './of-moves.ts'
import { ofInstances } from './of-open.ts'
import { ofRebate } from './of-rebate.ts'
import { ofSensitivity } from './of-sensitivity.ts'
import { ofTiers } from './of-tiers.ts'

const laws: readonly Law[] = [...ofAccounts, ...ofMoves, ...ofTiers, ...ofSensitivity, ...ofInstances, ...ofLoad, ...ofRebate]

/**
 * Where the figures of a simulation contradict one another: sums and their parts, counts and what is listed of them, the same told twice [GOV-05]. Empty: nowhere.
 * What a policy or an account would have to be asked for is not among it.
 */
export const contradictionsIn = (simulation: Simulation): readonly string[] =>
  laws.flatMap(([at, holds]) => (holds(simulation) ? [] : [at]))
