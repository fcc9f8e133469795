import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { policyJsonSchema, type Locale } from '@ka-governance/core'
import { InputFileError, readTextFile } from '../config/input-file.ts'
import { writeOutput } from '../config/output-file.ts'
import { shorten } from '../ingest/finding.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import { emit, jsonOption, localeOption, placeOf, verb, written, type CliIo } from './shared.ts'

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
      if (file !== undefined) {
        await replacesOnlySchema(file, io.cwd)
        await writeOutput(file, text, placeOf(io))
      }
      emit(io, json, 'schema', { file: file ?? null, hint, ...(file === undefined ? { document: schema } : {}) }, () =>
        file === undefined ? text : written(file, locale),
      )
      // Beside the schema, never in it: standard output stays a document that other programs read.
      if (json !== true) io.err(`First line of the policy, for VS Code with the YAML extension:\n${hint}\n`)
    })
}

/** The name of the policy is easily given instead of that of its schema: what is there is replaced only when it is a schema. */
async function replacesOnlySchema(file: string, cwd = '.'): Promise<void> {
  if (/\.ya?ml$/i.test(file))
    throw new UsageError(
      say('a JSON Schema is JSON, and this looks like a policy', 'JSON Schema为JSON格式，而这看起来是制度文件'),
      say('name a file that ends in .json', '请指定以.json结尾的文件'),
    )
  const path = resolve(cwd, file)
  const there = await stat(path).catch(() => null)
  if (there?.isFile() !== true || isSchema(await readTextFile(path).catch(() => ''))) return
  throw new InputFileError(
    shorten(file, 200),
    say('this is there already, and is no JSON Schema', '文件已存在，且不是JSON Schema'),
    say('name another file', '请指定另一个文件'),
  )
}

function isSchema(text: string): boolean {
  try {
    const { $schema } = (JSON.parse(text) ?? {}) as { readonly $schema?: unknown }
    return typeof $schema === 'string' && $schema.includes('json-schema.org')
  } catch {
    return false
  }
}
