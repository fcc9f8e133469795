import type { JournalEntry, Refusal } from '@ka-governance/core'
import type { LifeEvent, LifeLine, LifeSpan, RelationReport, RelationsModel } from '../report/model-relations.ts'
import type { RunRecord } from './simulate.ts'

/** What the builders of a run's parts share. */
export interface BuildTools {
  readonly run: RunRecord
  readonly dateOf: (at: number) => string
  readonly nameOf: (accountId: string) => string
  readonly textOf: (refusal: Refusal, kind: string) => string
}

/** Commands of the ledger that an account's life line shows; reviews and changes of the tier are in other sections. */
const shown: ReadonlySet<string> = new Set([
  'openAdmission',
  'releaseAdmission',
  'admit',
  'establish',
  'endByCustomer',
  'startExit',
  'completeExit',
  'stopExit',
  'renew',
  'suspend',
  'resume',
  'readmit',
  'handover',
  'nameManager',
  'proposeBlacklisting',
  'merge',
  'absorb',
  'split',
  'changeParent',
  'addMember',
  'removeMember',
])

/** Events of the files with their outcome, and the life line of every account whose relation moved. */
export async function relationsReport(tools: BuildTools): Promise<RelationsModel['relations']> {
  const { run, nameOf, textOf } = tools
  const events = run.relations.map(({ relation, outcome, refusals }): RelationReport => ({
    accountId: relation.accountId,
    name: nameOf(relation.accountId),
    on: relation.on,
    event: relation.event,
    to: relation.to,
    reason: relation.reason,
    outcome,
    refused: refusals.map((refusal) => textOf(refusal, 'account')),
  }))
  const named = new Set([
    ...run.relations.map((r) => r.relation.accountId),
    ...run.relations.flatMap(({ relation }) =>
      relation.to !== null && (relation.event === 'merged-into' || relation.event === 'parent') ? [relation.to] : [],
    ),
    ...run.applications.map((a) => a.application.accountId),
  ])
  const lines: LifeLine[] = []
  for (const accountId of [...named].sort()) {
    const line = await lifeLine(tools, accountId)
    if (line !== null) lines.push(line)
  }
  return { events, lines, from: run.start, to: run.end }
}

async function lifeLine({ run, dateOf, nameOf }: BuildTools, accountId: string): Promise<LifeLine | null> {
  const { account } = run.governance
  const spans: { state: string; from: number; to: number }[] = []
  const events: LifeEvent[] = []
  for await (const entry of account.history(account.idOf(accountId))) {
    const last = spans.at(-1)
    if (last?.state !== entry.to) {
      if (last !== undefined) last.to = entry.at
      spans.push({ state: entry.to, from: entry.at, to: run.end })
    }
    const command = commandOf(entry)
    if (command !== null) events.push({ at: entry.at, on: dateOf(entry.at), command, state: entry.to })
  }
  return spans.length === 0 ? null : { accountId, name: nameOf(accountId), spans: spans satisfies LifeSpan[], events }
}

/** The command that a life line shows; a clock that ended the status by itself shows as its end. */
function commandOf(entry: JournalEntry): string | null {
  const { type } = (entry.command ?? {}) as { readonly type?: string }
  if (type !== undefined && (shown.has(type) || (entry.from !== entry.to && type !== 'adopt'))) return type
  return type === undefined && entry.from !== entry.to ? entry.to : null
}
