import type { Command } from 'commander'
import {
  accountCard,
  formatClockExplanation,
  formatOptionsOf,
  formatStateName,
  type Locale,
  type Policy,
} from '@ka-governance/core'
import { loadConfig } from '../config/load-config.ts'
import { loadPortfolio, type LoadedPortfolio } from '../config/load-portfolio.ts'
import { policyOf } from '../config/policy-argument.ts'
import { shorten } from '../ingest/finding.ts'
import { cardLines, type CardSection } from '../output/card-lines.ts'
import { cardTexts } from '../output/card-texts.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import {
  colorsOf,
  configOption,
  emit,
  jsonOption,
  localeOption,
  policyOption,
  portfolioOptions,
  progressLine,
  verb,
  type CliIo,
  tellRejected,
} from './shared.ts'

interface ExplainFlags {
  readonly policy?: string
  readonly config?: string
  readonly data?: string
  readonly mapping?: readonly string[]
  readonly cycle?: string
  readonly locale: Locale
  readonly json?: true
}

/** An open complaint with its running clocks. */
interface OpenComplaint {
  readonly id: string
  readonly state: string
  readonly clocks: readonly {
    readonly name: string
    readonly clause: string
    readonly dueAt: number | null
    readonly breached: boolean
    readonly lines: readonly string[]
  }[]
}

/** `explain`: an account under a policy and a cycle, with every reason. */
export function registerExplain(program: Command, io: CliIo): void {
  const command = verb(
    program,
    'explain',
    'Explain an account: its tier with every reason, what would lift it, grade, value, rebate, open clocks.',
  )
    .argument('<account>', 'id of the account')
    .addOption(policyOption())
  for (const option of portfolioOptions()) command.addOption(option)
  command
    .addOption(configOption())
    .addOption(localeOption())
    .addOption(jsonOption())
    .action(async (accountId: string, flags: ExplainFlags) => {
      const { locale } = flags
      const config = await loadConfig(flags.config, io.cwd)
      const policy = await policyOf(flags.policy, config, io.cwd)
      const progress = progressLine(io)
      const portfolio = await loadPortfolio(flags, { ...io, policy, config, onProgress: (text) => progress.show(text) }).finally(
        () => progress.clear(),
      )
      try {
        tellRejected(io, portfolio.tallies, locale)
        const account = await portfolio.account(accountId)
        if (account === null) throw await unknownAccount(accountId, portfolio)
        const card = accountCard(account.facts, policy, portfolio.cycle, account.standing)
        const complaints =
          portfolio.stored === undefined ? null : await openComplaints(portfolio.stored, accountId, locale, policy)
        const { id, version } = policy
        const head = `${account.name ?? accountId} (${accountId}) · ${portfolio.cycle.id} · ${id} ${version}`
        const c = colorsOf(io)
        emit(io, flags.json, 'explain', { name: account.name ?? accountId, policy: { id, version }, card, complaints }, () =>
          [
            c.bold(shorten(head, 300)),
            ...[...cardLines(card, policy, locale), complaintSection(complaints, locale)].flatMap(({ heading, lines }) => [
              '',
              c.bold(heading),
              ...lines.map((line) => `  ${line}`),
            ]),
          ].join('\n'),
        )
      } finally {
        await portfolio.close()
      }
    })
}

/** The ids that begin alike, since ids are long and typed by hand. */
async function unknownAccount(accountId: string, portfolio: LoadedPortfolio): Promise<UsageError> {
  const near: string[] = []
  const start = accountId.slice(0, 3).toLowerCase()
  for await (const { accountId: other } of portfolio.accounts) {
    if (other.toLowerCase().startsWith(start)) near.push(other)
    if (near.length === 5) break
  }
  const ids = near.map((id) => shorten(id, 60))
  const remedy =
    near.length === 0 ? say('check the id', '请检查编号') : say(`did you mean ${ids.join(', ')}?`, `是否指${ids.join('、')}？`)
  const asked = shorten(accountId, 100)
  return new UsageError(say(`the portfolio has no account "${asked}"`, `没有客户“${asked}”`), remedy)
}

async function openComplaints(
  { store, governance }: NonNullable<LoadedPortfolio['stored']>,
  accountId: string,
  locale: Locale,
  policy: Policy,
): Promise<readonly OpenComplaint[]> {
  const open: OpenComplaint[] = []
  for await (const { instanceId: id } of store.find({ kind: 'complaint', accountId, open: true })) {
    const view = await governance.complaint.get(id)
    if (view === null) continue
    open.push({
      id,
      state: view.state,
      clocks: view.clocks
        .filter(({ clock }) => clock.endedAt === null)
        .map(({ name, clause, standing, explain }) => ({
          name,
          clause,
          dueAt: standing.dueAt,
          breached: standing.breached,
          lines: formatClockExplanation(explain(), locale, formatOptionsOf(policy)),
        })),
    })
  }
  return open
}

function complaintSection(complaints: readonly OpenComplaint[] | null, locale: Locale): CardSection {
  const t = cardTexts[locale]
  if (complaints === null) return { heading: t.complaints, lines: [t.stored] }
  if (complaints.length === 0) return { heading: t.noComplaints, lines: [] }
  return {
    heading: t.complaints,
    lines: complaints.flatMap(({ id, state, clocks }) => [
      t.opened(id, formatStateName(state, locale, 'complaint')),
      ...(clocks.length === 0 ? [`  ${t.noClock}`] : clocks.flatMap(({ lines }) => lines.map((line) => `  ${line}`))),
    ]),
  }
}
