import type { Policy } from '@ka-governance/core'
import { UsageError } from '../usage-error.ts'
import type { CliConfig } from './load-config.ts'
import { loadPolicyFile } from './policy-file.ts'

/** A policy by `--policy`, else that of the configuration. @throws UsageError when there is neither. */
export async function policyOf(given: string | undefined, config: CliConfig | null, cwd = '.'): Promise<Policy> {
  if (given !== undefined) return loadPolicyFile(given, cwd)
  if (config !== null) return config.policy
  throw new UsageError(
    'which policy?',
    'add --policy with a file or the name of a shipped one (ka-governance policies lists them)',
  )
}
