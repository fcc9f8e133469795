import type { Command } from 'commander'
import { policyJsonSchema, type Locale } from '@ka-governance/core'
import { writeOutput } from '../config/output-file.ts'
import { UsageError } from '../usage-error.ts'
import { emit, jsonOption, localeOption, verb, type CliIo } from './shared.ts'

interface SchemaFlags {
  readonly locale: Locale
  readonly json?: true
}

/** `schema`: the JSON Schema of a policy, for editors. */
export function registerSchema(program: Command, io: CliIo): void {
  verb(program, 'schema', 'Write the JSON Schema of a policy: completion and help for each key in an editor.')
    .argument('[file]', 'where to write it; standard output when absent')
    .addOption(localeOption('language of titles and descriptions'))
    .addOption(jsonOption())
    .action(async (file: string | undefined, { locale, json }: SchemaFlags) => {
      const schema = policyJsonSchema({ locale })
      const text = `${JSON.stringify(schema, null, 2)}\n`
      const hint = `# yaml-language-server: $schema=${file ?? 'policy.schema.json'}`
      if (file !== undefined && /\.ya?ml$/i.test(file))
        throw new UsageError('a JSON Schema is JSON, and this looks like a policy', 'name a file that ends in .json')
      if (file !== undefined) await writeOutput(file, text, io.cwd === undefined ? {} : { cwd: io.cwd })
      emit(io, json, 'schema', { file: file ?? null, hint, ...(file === undefined ? { document: schema } : {}) }, () =>
        file === undefined ? text : `Written: ${file}`,
      )
      // Beside the schema, never in it: standard output stays a document that other programs read.
      if (json !== true) io.err(`First line of the policy, for VS Code with the YAML extension:\n${hint}\n`)
    })
}
