export { runPortfolio, type RunPortfolioOptions } from './run-portfolio.ts'
export { runCli } from './cli.ts'
export { exitCodes, type CliIo } from './commands/shared.ts'
export { loadConfig, type CliConfig } from './config/load-config.ts'
export { ConfigError } from './config/config-error.ts'
export { InputFileError } from './config/input-file.ts'
export { loadPortfolio, type LoadedPortfolio, type LoadPortfolioOptions, type PortfolioFlags } from './config/load-portfolio.ts'
export { PolicyFileError, readPolicyFile, shippedPolicies, type LocatedFinding, type PolicyFile } from './config/policy-file.ts'
export { UsageError } from './usage-error.ts'
export { shippedMappings } from './assets.ts'
export { type RunSummary } from './output/summary.ts'
export { ingest, type IngestOptions } from './ingest/ingest.ts'
export { loadMapping, parseMapping } from './ingest/load-mapping.ts'
export { MappingError, type MappingFinding } from './ingest/mapping-error.ts'
export { BrokenFileError, formatFinding, type IngestCode, type IngestFinding, type RejectedRow } from './ingest/finding.ts'
export { mappingSchema, type Mapping, type MappingInput } from './ingest/mapping-schema.ts'
export {
  factsAt,
  type DataNote,
  type FileTally,
  type Portfolio,
  type PortfolioAccount,
  type RecordedComplaint,
  type RecordedJudgement,
  type Satisfaction,
} from './ingest/portfolio.ts'
export {
  type RecordedApplication,
  type RecordedBaseline,
  type RecordedChange,
  type RecordedProject,
  type RecordedRelation,
} from './ingest/recorded.ts'
export { type JudgedCondition, type JudgedFactor } from './ingest/judged.ts'
export { simulate, type RunRecord, type SimulateInput } from './run/simulate.ts'
export { renderReport } from './report/render-report.ts'
export { type Locale, type ReportModel } from './report/model.ts'
export { type RelationsModel } from './report/model-relations.ts'
export { readStatechart, type Statechart } from './report/statechart.ts'
export { statechartSvg, type StatechartSvgOptions } from './report/statechart-svg.ts'
export { evidenceOf, type WhatIfEvidence } from './output/what-if-evidence.ts'
export { type WhatIfPageOptions } from './what-if-page/context.ts'
export { renderWhatIfPage } from './what-if-page/render-what-if-page.ts'
