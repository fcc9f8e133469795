// An account's three years: a lead from a fair, a key account in tier B, a project, a complaint, tier A, the end of the relation, and its return. Nobody wrote
// this story down: it is told by the journal, in English and Chinese.
//
//   node examples/10-three-years/index.ts
import assert from 'node:assert/strict'
import { formatEntry, formatInstant, type JournalEntry } from '@ka-governance/core'
import { governance, policy, refusals, store, texts } from './cast.ts'
import { back, complaint, exit, project, prospect, riseToA } from './chapters.ts'

await prospect()
await project()
await complaint()
await riseToA()
await exit()
await back()

// Every journal of the account, one beside the other.
const journal: JournalEntry[] = []
for await (const { instanceId } of store.find({ accountId: 'hx' }))
  for await (const entry of store.history(instanceId)) journal.push(entry)

// People's own steps, and whatever the policy did by itself that changed a state. Votes stand in the journal, too; the story names their outcome.
const isTold = ({ actor, command, from, to }: JournalEntry): boolean =>
  from !== to || (actor.id !== 'system' && (command as { readonly type?: string } | undefined)?.type !== 'vote')
const told = [
  ...journal.filter(isTold).map((entry) => ({
    at: entry.at,
    // What followed by itself stands behind what somebody did at that moment.
    after: entry.actor.id === 'system' ? 1 : 0,
    en: [formatEntry(entry, 'en', texts)],
    zh: [formatEntry(entry, 'zh-CN', texts)],
  })),
  ...refusals.map(({ at, en, zh }) => ({
    at,
    after: 0,
    en: en.map((text) => `${formatInstant(at, 'en', { timeZone: policy.timeZone })} · refused: ${text}`),
    zh: zh.map((text) => `${formatInstant(at, 'zh-CN', { timeZone: policy.timeZone })} · 不予通过:${text}`),
  })),
].sort((a, b) => a.at - b.at || a.after - b.after)

let year = ''
for (const { at, en, zh } of told) {
  const now = formatInstant(at, 'zh-CN', { timeZone: policy.timeZone }).slice(0, 4)
  if (now !== year) console.log(`\n── ${now} ${'─'.repeat(60)}`)
  year = now
  for (const line of en) console.log(line)
  for (const line of zh) console.log(`    ${line}`)
}

const account = await governance.account.get(governance.account.idOf('hx'))
assert.equal(account?.state, 'ka')
assert.deepEqual(account.context.classes, ['scaleDominant'])
assert.equal(refusals.length, 2)
const report = await governance.verifyJournal()
assert.deepEqual(report.problems, [])
console.log(`\n${String(report.instances)} instances, ${String(report.entries)} entries, 0 problems`)
