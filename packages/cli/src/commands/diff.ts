import type { Command } from 'commander'
import { diffPolicies, formatPolicyDiff, renderPolicy, type Locale, type Policy, type PolicyChange } from '@ka-governance/core'
import { loadPolicyFile } from '../config/policy-file.ts'
import { shorten } from '../ingest/finding.ts'
import { diffDocuments, type ChangedText, type Piece } from '../output/word-diff.ts'
import { colorsOf, emit, ExitWith, exitCodes, jsonOption, localeOption, verb, type CliIo } from './shared.ts'

interface DiffFlags {
  readonly words?: true
  readonly exitCode?: true
  readonly locale: Locale
  readonly json?: true
}

type Colors = ReturnType<typeof colorsOf>

const nothing = { en: 'Both say the same.', 'zh-CN': '两份制度内容相同。' } as const

/** One piece: coloured where there are colours, else between marks that no policy uses. */
function pieceText({ kind, text }: Piece, c: Colors): string {
  const shown = shorten(text, 20_000)
  if (kind === 'same') return shown
  if (c.isColorSupported) return kind === 'removed' ? c.red(c.strikethrough(shown)) : c.green(shown)
  return kind === 'removed' ? `[-${shown}-]` : `{+${shown}+}`
}

const unsaid = {
  en: (n: number) =>
    `The prose is the same; ${String(n)} ${n === 1 ? 'parameter differs' : 'parameters differ'}: see diff without --words.`,
  'zh-CN': (n: number) => `正文相同；另有 ${String(n)} 项参数不同：请不带 --words 运行 diff 查看。`,
} as const

function wordsText(changed: readonly ChangedText[], changes: readonly PolicyChange[], c: Colors, locale: Locale): string {
  if (changes.length === 0) return nothing[locale]
  // The prose names no people, and more: what differs beside it is not passed over.
  if (changed.length === 0) return unsaid[locale](changes.length)
  let last = ''
  return changed
    .flatMap(({ chapter, table, pieces }) => {
      const head = table === null ? chapter : `${chapter} · ${table}`
      const lines = [...(head === last ? [] : [...(last === '' ? [] : ['']), c.bold(shorten(head, 200))])]
      last = head
      return [...lines, `  ${pieces.map((piece) => pieceText(piece, c)).join('')}`]
    })
    .join('\n')
}

/** Lines of parameters with a mark: `+` new, `-` gone, `~` another value, `↕` moved. */
function parametersText(changes: readonly PolicyChange[], after: Policy, c: Colors, locale: Locale): string {
  if (changes.length === 0) return nothing[locale]
  const marks = { changed: c.yellow('~'), added: c.green('+'), removed: c.red('-'), moved: c.cyan('↕') } as const
  const lines = formatPolicyDiff(changes, locale, { policy: after })
  return changes.map(({ kind }, i) => `${marks[kind]} ${lines[i] ?? ''}`).join('\n')
}

/** `diff`: what another version of a policy changes. */
export function registerDiff(program: Command, io: CliIo): void {
  verb(program, 'diff', 'Show what a policy changes against another: by parameter, or word by word in the prose.')
    .argument('<before>', 'policy (YAML, JSON) or the name of a shipped one')
    .argument('<after>', 'the same')
    .option('--words', 'the prose of both, word by word')
    .option('--exit-code', 'answer 1 when there are differences, as git does')
    .addOption(localeOption())
    .addOption(jsonOption())
    .action(async (first: string, second: string, flags: DiffFlags) => {
      const { locale, json } = flags
      const [before, after] = [await loadPolicyFile(first, io.cwd), await loadPolicyFile(second, io.cwd)]
      const changes = diffPolicies(before, after)
      const colors = colorsOf(io)
      const prose = flags.words === true ? diffDocuments(renderPolicy(before, locale), renderPolicy(after, locale), locale) : null
      const pin = ({ id, version }: Policy): { readonly id: string; readonly version: string } => ({ id, version })
      emit(
        io,
        json,
        'diff',
        { before: pin(before), after: pin(after), changes, ...(prose === null ? {} : { words: prose }) },
        () => (prose === null ? parametersText(changes, after, colors, locale) : wordsText(prose, changes, colors, locale)),
      )
      if (flags.exitCode === true && changes.length > 0) throw new ExitWith(exitCodes.badInput)
    })
}
