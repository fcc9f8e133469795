import type { Command } from 'commander'
import { shippedPolicies } from '../config/policy-file.ts'
import { colorsOf, emit, jsonOption, verb, type CliIo } from './shared.ts'

/** `policies`: the shipped ones. */
export function registerPolicies(program: Command, io: CliIo): void {
  verb(program, 'policies', 'List the shipped policies.')
    .addOption(jsonOption())
    .action(({ json }: { readonly json?: true }) => {
      const colors = colorsOf(io)
      const policies = [...shippedPolicies()].map(([id, { title, version, currency }]) => ({ id, version, title, currency }))
      emit(io, json, 'policies', { policies }, () =>
        policies.map(({ id, title, currency }) => `${colors.bold(id)}  ${title.en} (${currency})`).join('\n'),
      )
    })
}
