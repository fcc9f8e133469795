import type { Policy } from '@ka-governance/core'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import type { CliConfig } from './load-config.ts'
import { loadPolicyFile } from './policy-file.ts'

/** A policy by `--policy`, else that of the configuration. @throws UsageError when there is neither. */
export async function policyOf(given: string | undefined, config: CliConfig | null, cwd = '.'): Promise<Policy> {
  if (given !== undefined) return loadPolicyFile(given, cwd)
  if (config !== null) return config.policy
  throw new UsageError(
    say('which policy?', '使用哪份制度？'),
    say(
      'add --policy with a file or the name of a shipped one (ka-governance policies lists them)',
      '请加--policy指定文件或内置制度的名称（ka-governance policies可列出）',
    ),
  )
}
