export { simulationDigest, simulationSummary, type SimulationSummary } from './evidence.ts'
export { finishSimulation } from './finish-simulation.ts'
export { createPortfolioLint, lintPortfolio, type LintPortfolioOptions, type PortfolioLint } from './portfolio-lint.ts'
export { longestSimulation, readSimulation, type ReadSimulation } from './read-simulation.ts'
export { simulatePortfolio } from './simulate-portfolio.ts'
export type {
  ApprovalEffect,
  ApproverLoad,
  BracketCost,
  ClockEffect,
  InstanceEffects,
  JsonPolicyChange,
  Listed,
  ManagerLoad,
  MoveCounts,
  Mover,
  MoverReason,
  SensitivityOptions,
  SensitivityRow,
  SimulatedAccount,
  SimulateOptions,
  Simulation,
  SimulationFailure,
  SimulationScope,
  SimulationSignal,
  SimulationStep,
  TierBefore,
  TierCapacity,
  TierMatrix,
  TierOrExit,
  TierSales,
  UnreadableAccount,
} from './types.ts'
