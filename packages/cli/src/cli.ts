import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Locale } from '@ka-governance/core'
import { registerCheck } from './commands/check.ts'
import { registerDiff } from './commands/diff.ts'
import { registerExplain } from './commands/explain.ts'
import { registerInit } from './commands/init.ts'
import { registerMappings } from './commands/mappings.ts'
import { registerPolicies } from './commands/policies.ts'
import { registerPublish } from './commands/publish.ts'
import { registerRender } from './commands/render.ts'
import { reportError } from './commands/report-error.ts'
import { registerRun } from './commands/run.ts'
import { registerSchema } from './commands/schema.ts'
import { registerSimulate } from './commands/simulate.ts'
import { registerVerifyJournal } from './commands/verify-journal.ts'
import { helpHint, usageText } from './commands/usage-text.ts'
import { exitCodeHelp, exitCodes, type CliIo } from './commands/shared.ts'

export { exitCodes, type CliIo } from './commands/shared.ts'

const verbs: readonly ((program: Command, io: CliIo) => void)[] = [
  registerInit,
  registerCheck,
  registerExplain,
  registerSimulate,
  registerDiff,
  registerRender,
  registerSchema,
  registerPublish,
  registerRun,
  registerVerifyJournal,
  registerMappings,
  registerPolicies,
]

/** Options of the program itself; with any other at the start, `run` is meant. */
const ofTheProgram: ReadonlySet<string> = new Set(['-h', '--help', '-V', '--version'])

const version = (): string => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
  return manifest.version
}

/** The language that was asked for, also where the command line cannot be used otherwise. */
export const localeOf = (words: readonly string[]): Locale =>
  words.some((word, i) => word === '--locale=zh-CN' || (word === 'zh-CN' && words[i - 1] === '--locale')) ? 'zh-CN' : 'en'

/** Runs a command line and answers its exit code. Never throws, never prints a stack for input that cannot be used. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const end = args.indexOf('--')
  const words = end === -1 ? args : args.slice(0, end)
  const [json, locale] = [words.includes('--json'), localeOf(words)]
  const program = new Command('ka-governance')
    .description('Fill in, check, compare, try out and publish a key-account policy; run a portfolio under it.')
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHasColors: () => io.color,
      getErrHasColors: () => io.color,
      outputError: (text, write) => write(usageText(text, locale)),
    })
    .showHelpAfterError(helpHint[locale])
    .version(version(), '-V, --version', 'print the version')
    .addHelpText('after', exitCodeHelp)
  for (const register of verbs) register(program, io)

  const [first] = args
  const isRun = first === undefined || (first.startsWith('-') && !ofTheProgram.has(first))
  try {
    await program.parseAsync(isRun ? ['run', ...args] : [...args], { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    return reportError(error, io, { json, locale })
  }
}
