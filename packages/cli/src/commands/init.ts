import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { formatFinding, policyTemplate, type Locale } from '@ka-governance/core'
import { isMap, parseDocument } from 'yaml'
import { askWords } from '../ask/ask-words.ts'
import { pipedAsker, terminalAsker, type Asker } from '../ask/asker.ts'
import { commentPolicy } from '../ask/comment-policy.ts'
import { fillBlank } from '../ask/fill-blank.ts'
import { questioner } from '../ask/question.ts'
import { writeOutput } from '../config/output-file.ts'
import { checkPolicyText, noPolicy, readPolicyFile, shippedPolicies } from '../config/policy-file.ts'
import { shorten } from '../ingest/finding.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import { emit, jsonOption, localeOption, verb, type CliIo } from './shared.ts'

interface InitFlags {
  readonly preset?: string
  readonly currency?: string
  readonly timeZone?: string
  readonly ask?: true
  readonly force?: true
  readonly locale?: Locale
  readonly json?: true
}

/** `init`: a draft to fill in, from the template or a shipped policy, or question by question. */
export function registerInit(program: Command, io: CliIo): void {
  const locale = localeOption('language of the comments and questions; comments are in both when absent')
  locale.default(undefined)
  verb(program, 'init', 'Write a draft of a policy to fill in, or fill it in question by question.')
    .argument('[file]', 'where to write it', 'policy.yaml')
    .option('--preset <name>', 'a shipped policy instead of the template')
    .option('--currency <code>', 'currency of all amounts, e.g. CNY')
    .option('--time-zone <zone>', 'time zone of business dates, e.g. Asia/Shanghai')
    .option('--ask', 'ask for every value that is open; goes on where it was left')
    .option('--force', 'replace a file that is there')
    .addOption(locale)
    .addOption(jsonOption())
    .action((file: string, flags: InitFlags) => init(file, flags, io))
}

async function init(file: string, flags: InitFlags, io: CliIo): Promise<void> {
  const { ask, force, json, locale = 'en' } = flags
  const cwd = io.cwd ?? '.'
  const goesOn = ask === true && force !== true && existsSync(resolve(cwd, file))
  if (!goesOn) await writeOutput(file, draftOf(flags), { cwd, replace: force === true })
  const t = askWords[locale]
  const filled = ask === true ? await askAll(file, flags, io) : 0
  const { findings } = await readPolicyFile(file, { cwd, allowDraft: true })
  const open = findings.filter((f) => f.code === 'unset').length
  emit(io, json, 'init', { file, filled, open }, () =>
    ask !== true ? t.begin(file, open) : open === 0 ? t.done(file, filled) : t.stopped(file, filled, open),
  )
  if (json !== true) io.err(`→ ka-governance check ${file}\n`)
}

function draftOf({ preset, currency, timeZone, locale }: InitFlags): string {
  if (preset === undefined) {
    const template = policyTemplate({
      ...(currency === undefined ? {} : { currency }),
      ...(timeZone === undefined ? {} : { timeZone }),
    })
    refuseValues(template, { '--currency': currency, '--time-zone': timeZone })
    return locale === undefined ? template : commentPolicy(template, locale)
  }
  const shipped = shippedPolicies().get(preset)
  if (shipped === undefined) throw new UsageError(...noPolicy(preset))
  if (currency !== undefined || timeZone !== undefined)
    throw new UsageError(
      say('a shipped policy has its currency and time zone', '内置制度已有币种和时区'),
      say('leave --currency and --time-zone away, or take the template', '请去掉--currency和--time-zone，或使用模板'),
    )
  return commentPolicy(shipped, locale ?? 'en')
}

/** What the options put into the draft is judged as any answer is: at once. @throws UsageError for the first that cannot stand. */
function refuseValues(template: string, given: { readonly [option: string]: string | undefined }): void {
  const places: { readonly [option: string]: string } = { '--currency': 'currency', '--time-zone': 'timeZone' }
  const { findings } = checkPolicyText('policy.yaml', template, { allowDraft: true })
  for (const [option, value] of Object.entries(given)) {
    const found = findings.find(({ path, code }) => path === places[option] && code !== 'unset')
    if (value === undefined || (found === undefined && !isBlank(value))) continue
    const { line, column, ...finding } = found ?? {
      path: '',
      code: 'unset',
      message: 'no value',
      remedy: 'give one',
      line: 0,
      column: 0,
    }
    const shown = shorten(value, 60)
    throw new UsageError(
      say(`${option} "${shown}": ${finding.message}`, `${option}“${shown}”：${formatFinding(finding, 'zh-CN')}`),
      say(finding.remedy, '请更正该选项'),
    )
  }
}

const isBlank = (answer: string): boolean => answer === '' || /^"?\[[Xx]\]"?$/.test(answer)

/** Asks for every blank in the order of the document and saves each answer; answers how many were filled in. */
async function askAll(file: string, { locale = 'en', json }: InitFlags, io: CliIo): Promise<number> {
  const cwd = io.cwd ?? '.'
  const t = askWords[locale]
  const { input } = io
  if (input === undefined)
    throw new UsageError(
      say('there is nobody to ask', '没有可以提问的人'),
      say('run it in a terminal, or pipe answers into it, one a line', '请在终端中运行，或通过管道逐行输入答案'),
    )
  const asker = input.isTTY === true && io.tty ? terminalAsker() : pipedAsker(input, io.err)
  try {
    let { text } = await readPolicyFile(file, { cwd, allowDraft: true })
    const blanks = checkPolicyText(file, text, { allowDraft: true }).findings.filter((f) => f.code === 'unset')
    if (json !== true && blanks.length > 0) asker.say(`${t.begin(file, blanks.length)}\n${t.how}`)
    const questionOf = questioner(locale, () => currencyOf(text))
    let filled = 0
    for (const [index, { path }] of blanks.entries()) {
      const answered = await askOne(asker, questionOf(path, index + 1, blanks.length), { file, text, locale })
      if (answered === null) break
      if (answered === '') continue
      text = answered
      filled += 1
      await writeOutput(file, text, { cwd })
    }
    return filled
  } finally {
    asker.close()
  }
}

function currencyOf(text: string): unknown {
  const { contents } = parseDocument(text, { logLevel: 'silent' })
  return isMap(contents) ? contents.get('currency') : undefined
}

/** The text with the answer in it; empty: it stays open; `null`: no more questions. */
async function askOne(
  asker: Asker,
  question: ReturnType<ReturnType<typeof questioner>>,
  { file, text, locale }: { readonly file: string; readonly text: string; readonly locale: Locale },
): Promise<string | null> {
  const t = askWords[locale]
  const answer = await asker.ask(question, t.facts(question), (given) => {
    if (isBlank(given)) return null
    if (question.isMoney && /^[\d,. ]+$/.test(given)) return t.currency(question.example)
    const tried = fillBlank(file, text, question.place, given)
    if (tried.ok) return null
    const [first] = tried.findings
    if (first === undefined) return t.notUsable
    const { line, column, ...rest } = first
    return formatFinding(rest, locale)
  })
  if (answer === null) return null
  if (isBlank(answer)) return ''
  const done = fillBlank(file, text, question.place, answer)
  if (!done.ok) return ''
  for (const { line, column, ...doubt } of done.doubts) asker.say(`  ! ${formatFinding(doubt, locale)}`)
  return done.text
}
