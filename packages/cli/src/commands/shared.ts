import type { Readable } from 'node:stream'
import { type Command, InvalidArgumentError, Option } from 'commander'
import pc from 'picocolors'
import type { Locale, SimulationSignal } from '@ka-governance/core'
import { shorten } from '../ingest/finding.ts'
import type { FileTally } from '../ingest/portfolio.ts'
import { say } from '../said.ts'

/** What the process answers. */
export const exitCodes = { ok: 0, badInput: 1, usage: 2, internal: 3, interrupted: 130 } as const

/** Where a command line reads and writes; a test gives its own. */
export interface CliIo {
  /** Results. */
  readonly out: (text: string) => void
  /** Findings and progress. */
  readonly err: (text: string) => void
  /** Whether `err` is a terminal: progress only then. */
  readonly tty: boolean
  readonly color: boolean
  /** Answers to questions; without it there are none. */
  readonly input?: Readable & { readonly isTTY?: boolean }
  /** Folder that relative names start from. @default the process's */
  readonly cwd?: string
  /** Epoch milliseconds, for what is dated. @default the host's clock */
  readonly clock?: () => number
  /** Aborted when the person interrupts; asking for it takes the interruption over from the process. */
  readonly onInterrupt?: () => SimulationSignal
}

/**
 * Ends a verb with another exit code than 0, when everything there is to say has been said: `check` found errors, `diff --exit-code` differences.
 */
export class ExitWith extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`exit code ${String(exitCode)}`)
    this.name = 'ExitWith'
    this.exitCode = exitCode
  }
}

/** The part of the help that every verb ends with. */
export const exitCodeHelp = `
Exit codes: 0 done · 1 data, mapping, policy or journal cannot be used, or the policy refuses · 2 wrong command line · 3 internal or store failure · 130 interrupted`

/** Says which file was written. */
export const written = (file: string, locale: Locale): string => `${locale === 'en' ? 'Written: ' : '已写入：'}${file}`

/** Where relative names start. */
export const placeOf = (io: CliIo): { readonly cwd?: string } => (io.cwd === undefined ? {} : { cwd: io.cwd })

export const colorsOf = (io: CliIo): ReturnType<typeof pc.createColors> => pc.createColors(io.color)

/**
 * Prints a verb's result: with `--json` one object on one line, whose `verb` names it and whose `schema` rises when a field changes its meaning; else
 * the text for people.
 */
export function emit(io: CliIo, json: boolean | undefined, verb: string, result: object, text: () => string): void {
  if (json === true) io.out(`${JSON.stringify({ schema: 1, verb, ok: true, ...result })}\n`)
  else {
    const shown = text()
    if (shown !== '') io.out(shown.endsWith('\n') ? shown : `${shown}\n`)
  }
}

export const jsonOption = (): Option => new Option('--json', 'print one JSON object instead of text')
export const localeOption = (what = 'language of the texts'): Option =>
  new Option('--locale <locale>', what).choices(['en', 'zh-CN'] satisfies Locale[]).default('en')
export const configOption = (): Option =>
  new Option('--config <file>', 'configuration with store and policy; default: ka-governance.config.mjs, .js or .json here')
export const policyOption = (what = 'policy (YAML, JSON) or the name of a shipped one; default: of the configuration'): Option =>
  new Option('--policy <file|name>', what)

/** Where accounts come from: CSV files, or the configured store. */
export const portfolioOptions = (): readonly Option[] => [
  new Option('--data <dir>', 'folder with the CSV files (.csv, .csv.gz) instead of the configured store'),
  new Option('--mapping <file|name>', 'column names of foreign files; may be given several times').argParser(collect),
  new Option('--cycle <id>', 'review cycle, e.g. 2026-H1; default: the last one that the data cover'),
]

/** Collects an option that may be given several times. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]

export const wholeNumber = (text: string): number => {
  const n = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(n)) throw new InvalidArgumentError('a whole number, 0 or more.')
  return n
}

/** A sub-command with the options and the help that all of them share. */
export function verb(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).addHelpText('after', exitCodeHelp)
}

/** One line on the terminal that is written over; does nothing where there is no terminal. */
export function progressLine(io: CliIo): {
  readonly show: (text: string, share?: number | null) => void
  readonly clear: () => void
} {
  if (!io.tty) return { show: () => undefined, clear: () => undefined }
  let last = Number.NEGATIVE_INFINITY
  let shown = false
  return {
    show: (text, share = null) => {
      const now = performance.now()
      if (now - last < 80) return
      last = now
      shown = true
      const bar =
        share === null
          ? ''
          : `${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')} ${String(Math.floor(share * 100)).padStart(3)}% `
      io.err(`\r\u001b[2K${bar}${shorten(text, 60)}`)
    },
    clear: () => {
      if (shown) io.err('\r\u001b[2K')
      shown = false
      // What begins next is shown at once, however short the one before was.
      last = Number.NEGATIVE_INFINITY
    },
  }
}

/** Figures that rest on a part of the rows say so, wherever they are shown. */
export function tellRejected(io: CliIo, tallies: readonly FileTally[], locale: Locale): void {
  const sum = (of: 'rows' | 'rejected'): number => tallies.reduce((total, tally) => total + tally[of], 0)
  const broken = tallies.filter(({ rejected }) => rejected > 0)
  if (broken.length === 0) return
  const [rejected, rows] = [String(sum('rejected')), String(sum('rows'))]
  const inEnglish = broken.map((tally) => `${String(tally.rejected)} of ${shorten(tally.file, 60)}`).join(', ')
  const inChinese = broken.map((tally) => `${shorten(tally.file, 60)}有${String(tally.rejected)}行`).join('、')
  const told = say(
    `${rejected} of ${rows} rows cannot be read and do not count (${inEnglish}); see rejected.csv of a run`,
    `共${rows}行，其中${rejected}行无法读取，不计入（${inChinese}）；详见run所写的rejected.csv`,
  )
  io.err(`${told[locale]}\n`)
}
