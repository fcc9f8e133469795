import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { checkDump, type MemoryDump } from '@ka-governance/adapter-memory'
import {
  createGovernance,
  loadPolicy,
  presets,
  verifyEntries,
  type JournalReport,
  type KnownHead,
  type Locale,
} from '@ka-governance/core'
import { z } from 'zod'
import { InputFileError, readTextFile } from '../config/input-file.ts'
import { openJournalFile, type JournalFile } from '../config/journal-file.ts'
import { requireConfig } from '../config/load-config.ts'
import { openStore } from '../config/open-store.ts'
import { writeOutput } from '../config/output-file.ts'
import { loadPolicyFile } from '../config/policy-file.ts'
import { readDump, registryFiles } from '../config/registry-file.ts'
import { shorten } from '../ingest/finding.ts'
import { say, type Said } from '../said.ts'
import { tellLooseRow, tellProblem } from './journal-words.ts'
import {
  collect,
  colorsOf,
  configOption,
  emit,
  ExitWith,
  exitCodes,
  jsonOption,
  localeOption,
  placeOf,
  verb,
  type CliIo,
} from './shared.ts'

interface VerifyFlags {
  readonly policy?: readonly string[]
  readonly heads?: string
  readonly writeHeads?: string
  readonly registry?: string
  readonly config?: string
  readonly locale: Locale
  readonly json?: true
}

/** What was looked at, and what is wrong with it; `line` in a file. */
interface Verified {
  readonly source: string
  readonly report: JournalReport
  readonly problems: readonly {
    readonly instanceId: string
    readonly seq: number
    /** For programs. */
    readonly problem: string
    readonly detail: Said
    readonly line: number | null
  }[]
  readonly heads: readonly KnownHead[]
  /** Files that were read, none of which is written. */
  readonly read: readonly string[]
}

const headsSchema = z.array(
  z.object({ instanceId: z.string().max(200), seq: z.number().int().positive(), hash: z.string().max(200) }),
)

/** `verify-journal`: chain, replay and heads of a journal file or of a store. */
export function registerVerifyJournal(program: Command, io: CliIo): void {
  verb(program, 'verify-journal', 'Check a journal: nothing changed, nothing left out, and replay gives what it says.')
    .argument('[file]', 'journal.jsonl as `run` writes it; the configured store when absent')
    .option(
      '--policy <file|name>',
      'policy of the entries; may be given several times; default: policy.json beside the file',
      collect,
    )
    .option('--heads <file>', 'heads kept elsewhere: tell what was cut off')
    .option('--write-heads <file>', 'write the heads, for keeping elsewhere')
    .option('--registry <dir>', 'the store of a registry that `publish` keeps')
    .addOption(configOption())
    .addOption(localeOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, flags: VerifyFlags) => {
      const heads = flags.heads === undefined ? [] : await readHeads(flags.heads, io.cwd)
      const verified = file === undefined ? await verifyStore(flags, heads, io) : await verifyFile(file, flags, heads, io)
      const { report, source } = verified
      const problems = verified.problems.map((one) => ({ ...one, detail: one.detail[flags.locale] }))
      const ok = problems.length === 0
      if (ok && flags.writeHeads !== undefined)
        await writeOutput(flags.writeHeads, `${JSON.stringify(verified.heads)}\n`, {
          keep: [...verified.read, flags.heads, flags.config, ...registryFiles(flags.registry)],
          ...placeOf(io),
        })
      const colors = colorsOf(io)
      const { instances, entries } = report
      const t = words[flags.locale]
      emit(io, flags.json, 'verify-journal', { ok, source, instances, entries, problems }, () =>
        [
          ...problems.map(({ instanceId, seq, problem, detail, line }) => {
            const place = line === null ? shorten(source, 200) : `${shorten(source, 200)}:${String(line)}`
            const entry = instanceId === '' ? '' : ` ${t.entry(shorten(instanceId, 100), seq)}`
            return `${colors.bold(place)}:${entry} ${colors.red(problem)}: ${shorten(detail, 300)}`
          }),
          `${ok ? colors.green('✓') : colors.red('✗')} ${t.checked(entries, instances, problems.length)}`,
        ].join('\n'),
      )
      if (!ok) throw new ExitWith(exitCodes.badInput)
    })
}

const counted = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`

const words = {
  en: {
    entry: (id: string, seq: number) => `${id} entry ${String(seq)}:`,
    checked: (entries: number, instances: number, problems: number) =>
      `${counted(entries, 'entry', 'entries')} of ${counted(instances, 'instance', 'instances')}${problems === 0 ? ': chain and replay hold' : `, ${counted(problems, 'problem', 'problems')}`}`,
  },
  'zh-CN': {
    entry: (id: string, seq: number) => `${id}第${String(seq)}条:`,
    checked: (entries: number, instances: number, problems: number) =>
      `${String(instances)}个流程共${String(entries)}条记录${problems === 0 ? '：哈希链与重放均已通过校验' : `，有${String(problems)}个问题`}`,
  },
} as const

async function readHeads(name: string, cwd = '.'): Promise<readonly KnownHead[]> {
  const text = await readTextFile(resolve(cwd, name), undefined, name)
  const fail = (): never => {
    throw new InputFileError(
      shorten(name, 200),
      say('it holds no heads', '其中没有日志末端记录'),
      say('name a file that --write-heads wrote', '请指定由--write-heads写出的文件'),
    )
  }
  try {
    const { success, data } = headsSchema.safeParse(JSON.parse(text))
    return success ? data : fail()
  } catch (error) {
    if (error instanceof InputFileError) throw error
    return fail()
  }
}

/** The policies that were named, else the one beside the file. */
function policyNames(file: string, given: readonly string[] | undefined, cwd = '.'): readonly string[] {
  if (given !== undefined) return given
  const beside = join(dirname(file), 'policy.json')
  return existsSync(resolve(cwd, beside)) ? [beside] : []
}

async function verifyFile(
  file: string,
  flags: VerifyFlags,
  heads: readonly KnownHead[],
  { cwd = '.' }: CliIo,
): Promise<Verified> {
  const names = policyNames(file, flags.policy, cwd)
  const policies = await Promise.all(names.map((name) => loadPolicyFile(name, cwd)))
  const journal = await openJournalFile(resolve(cwd, file), file)
  try {
    if (policies.length === 0 && journal.policies.size > 0)
      throw new InputFileError(shorten(file, 200), ...withoutPolicy(journal))
    if (journal.instances.length === 0 && journal.broken.length === 0) throw new InputFileError(shorten(file, 200), ...noEntries)
    const last = new Map<string, KnownHead>()
    const report = await verifyEntries({ ...journal, history: noting(journal, last), policies, heads })
    const broken = journal.broken.map(({ line, problem, detail }) => ({ instanceId: '', seq: 0, problem, detail, line }))
    const found = report.problems.map((p) => ({ ...p, detail: tellProblem(p), line: journal.lineOf(p.instanceId, p.seq) }))
    return { source: file, report, problems: [...broken, ...found], heads: [...last.values()], read: [file, ...names] }
  } finally {
    await journal.close()
  }
}

/** Nothing to check is no proof. */
const noEntries = [
  say('it holds no entries: there is nothing to check', '其中没有日志记录：没有可校验的内容'),
  say('check that this is the right journal', '请检查是否选对了操作日志'),
] as const

function withoutPolicy({ policies }: JournalFile): readonly [Said, Said] {
  const names = [...policies].map((pin) => pin.split(' ').slice(0, 2).join(' '))
  return [
    say(
      `its entries were decided under ${names.join(', ')}, which is not beside it`,
      `其记录依据${names.join('、')}作出，而该制度不在同一文件夹`,
    ),
    say('name the policy with --policy', '请用--policy指定制度'),
  ]
}

/** Notes the last entry of each instance while it is read. */
const noting = (journal: JournalFile, last: Map<string, KnownHead>): JournalFile['history'] =>
  async function* (instanceId) {
    for await (const entry of journal.history(instanceId)) {
      last.set(instanceId, { instanceId, seq: entry.seq, hash: entry.hash })
      yield entry
    }
  }

async function verifyStore(flags: VerifyFlags, heads: readonly KnownHead[], { cwd = '.' }: CliIo): Promise<Verified> {
  const { registry: folder } = flags
  const config =
    folder === undefined ? await requireConfig(flags.config, cwd, say('name a journal file', '请指定操作日志文件')) : null
  const chosen = config?.store ?? { registry: resolve(cwd, folder ?? '.') }
  const [given] = flags.policy ?? []
  const read = given === undefined ? [] : [given]
  const loose = 'registry' in chosen ? await looseRows(chosen.registry) : null
  if (loose !== null) return { ...loose, source: folder ?? config?.file ?? '', read }
  const { store, close } = await openStore(chosen)
  try {
    // Entries are replayed by the policies that the store has published; the host's own only counts where it lacks one.
    const policy = given === undefined ? (config?.policy ?? loadPolicy(presets.manufacturerCn)) : await loadPolicyFile(given, cwd)
    const governance = createGovernance({ store, policy })
    const report = await governance.verifyJournal({ heads })
    const now: KnownHead[] = []
    for await (const head of governance.heads()) now.push(head)
    const source = folder ?? config?.file ?? store.name
    if (report.instances === 0) throw new InputFileError(shorten(source, 200), ...noEntries)
    return {
      source,
      report,
      problems: report.problems.map((p) => ({ ...p, detail: tellProblem(p), line: null })),
      heads: now,
      read,
    }
  } finally {
    await close()
  }
}

/**
 * Rows of a registry that do not belong together: entries without their instance, instances without one of their entries. Who walks from instance to instance never comes by them, and
 * a store with such rows is not opened at all. `null`: there are none.
 */
async function looseRows(dir: string): Promise<Pick<Verified, 'report' | 'problems' | 'heads'> | null> {
  const { dump } = await readDump(dir)
  const loose = checkDump(dump).filter(({ code }) => code === 'corrupt_record')
  if (loose.length === 0) return null
  const { events, instances } = (dump as MemoryDump).tables
  const problems = loose.map(({ path, message }) => {
    const [, table = '', index] = /^tables\.(\w+)\[(\d+)\]/.exec(path) ?? []
    const { instanceId = '', seq = 0 } = (dump as MemoryDump).tables[table as 'events'][Number(index)] ?? {}
    return { instanceId, seq, problem: 'loose_row', detail: tellLooseRow(table, message), line: null }
  })
  return { report: { instances: instances.length, entries: events.length, problems: [] }, problems, heads: [] }
}
