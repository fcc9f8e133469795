import { GovernanceError } from '../errors/index.ts'
import type { Simulation, SimulationStep } from './types.ts'

/**
 * Runs a simulation to its end, for whoever wants the result and perhaps to look on.
 *
 * @example
 * ```ts
 * const simulation = await finishSimulation(simulatePortfolio({ inForce: policy, draft, cycle: '2026-H1', accounts }))
 * simulation.movers.total // => 8
 * ```
 */
export async function finishSimulation(
  steps: AsyncIterable<SimulationStep>,
  onStep: (step: SimulationStep) => void = () => undefined,
): Promise<Simulation> {
  let simulation: Simulation | null = null
  for await (const step of steps) {
    onStep(step)
    if (step.type === 'finished') simulation = step.simulation
  }
  if (simulation === null) throw new GovernanceError('internal', 'the simulation ended without a result')
  return simulation
}
