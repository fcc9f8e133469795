import type { Command } from 'commander'
import { formatPolicyText, renderPolicy, type Locale } from '@ka-governance/core'
import { writeOutput } from '../config/output-file.ts'
import { loadPolicyFile } from '../config/policy-file.ts'
import { policyHtml } from '../output/policy-html.ts'
import { emit, jsonOption, localeOption, placeOf, verb, written, type CliIo } from './shared.ts'

interface RenderFlags {
  readonly html?: true
  readonly out?: string
  readonly locale: Locale
  readonly json?: true
}

/** `render`: the policy as a document for those who work under it. */
export function registerRender(program: Command, io: CliIo): void {
  verb(program, 'render', 'Write a policy as a document for people: Markdown, or one self-contained HTML page.')
    .argument('<policy>', 'policy (YAML, JSON) or the name of a shipped one')
    .option('--html', 'HTML instead of Markdown')
    .option('--out <file>', 'where to write it; standard output when absent')
    .addOption(localeOption('language of the document'))
    .addOption(jsonOption())
    .action(async (name: string, { html, out, locale, json }: RenderFlags) => {
      const policy = await loadPolicyFile(name, io.cwd)
      const document = renderPolicy(policy, locale)
      const text = html === true ? policyHtml(document, locale) : formatPolicyText(document)
      if (out !== undefined) await writeOutput(out, text, { keep: [name], ...placeOf(io) })
      const { id, version } = policy
      emit(
        io,
        json,
        'render',
        { policy: { id, version }, locale, file: out ?? null, ...(out === undefined ? { document } : {}) },
        () => (out === undefined ? text : written(out, locale)),
      )
    })
}
