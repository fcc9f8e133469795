import type { Command } from 'commander'
import { assetPath, shippedMappings } from '../assets.ts'
import { loadMapping } from '../ingest/load-mapping.ts'
import { colorsOf, emit, jsonOption, verb, type CliIo } from './shared.ts'

/** `mappings`: the shipped ones. */
export function registerMappings(program: Command, io: CliIo): void {
  verb(program, 'mappings', 'List the shipped mappings and where each file comes from.')
    .addOption(jsonOption())
    .action(async ({ json }: { readonly json?: true }) => {
      const colors = colorsOf(io)
      const mappings = await Promise.all(
        shippedMappings().map(async (name) => {
          const { title, source } = await loadMapping(assetPath(`mappings/${name}.yaml`))
          return { name, title, source: source ?? null }
        }),
      )
      emit(io, json, 'mappings', { mappings }, () =>
        mappings
          .map(({ name, title, source }) => `${colors.bold(name)}  ${title.en}${source === null ? '' : `\n  ${source}`}`)
          .join('\n'),
      )
    })
}
