import type { CommandInbox, GovernanceStore, InboundCommand } from '../../ports/index.ts'
import type { BrokenStore } from './types.ts'

/** The same store with a defect in its inbox. */
function changed(store: GovernanceStore, defect: (inbox: CommandInbox) => Partial<CommandInbox>): GovernanceStore {
  const { inbox } = store
  return inbox === undefined ? store : { ...store, inbox: { ...inbox, ...defect(inbox) } }
}

export const brokenInbox: readonly BrokenStore[] = [
  {
    id: 'inbox-unordered',
    defect: 'hands out the newest record first',
    caughtBy: 'inbox-pending',
    spoil: (store) => changed(store, (inbox) => ({ pending: async (query) => [...(await inbox.pending(query))].reverse() })),
  },
  {
    id: 'inbox-without-limit',
    defect: 'hands out everything that is pending',
    caughtBy: 'inbox-pending',
    spoil: (store) => changed(store, (inbox) => ({ pending: (query) => inbox.pending({ ...query, limit: 1000 }) })),
  },
  {
    id: 'inbox-from-the-start',
    defect: 'does not go on behind a record',
    caughtBy: 'inbox-pending',
    spoil: (store) => changed(store, (inbox) => ({ pending: ({ after: _, ...query }) => inbox.pending(query) })),
  },
  {
    id: 'inbox-actor-asserted',
    defect: 'takes whoever the form names for the author',
    caughtBy: 'inbox-pending',
    spoil: (store) =>
      changed(store, (inbox) => ({
        pending: async (query) => (await inbox.pending(query)).map((row) => ({ ...row, actor: 'u-boss' })),
      })),
  },
  {
    id: 'inbox-answer-forgotten',
    defect: 'says that it has written answers, and has not',
    caughtBy: 'inbox-answer',
    spoil: (store) => changed(store, () => ({ answer: () => Promise.resolve() })),
  },
  {
    id: 'inbox-answered-again',
    defect: 'keeps handing out records that are answered',
    caughtBy: 'inbox-answer',
    spoil: (store) => {
      const seen = new Map<string, InboundCommand>()
      return changed(store, (inbox) => ({
        async pending(query) {
          for (const row of await inbox.pending({ limit: 1000 })) seen.set(row.id, row)
          return [...seen.values()].slice(0, query.limit)
        },
        async answer(answers) {
          for (const row of await inbox.pending({ limit: 1000 })) seen.set(row.id, row)
          await inbox.answer(answers)
        },
      }))
    },
  },
  {
    id: 'inbox-all-or-none',
    defect: 'writes no answer of a call when one of its records is answered already',
    caughtBy: 'inbox-answer-once',
    spoil: (store) =>
      changed(store, (inbox) => ({
        async answer(answers) {
          const open = new Set((await inbox.pending({ limit: 1000 })).map(({ id }) => id))
          if (answers.every(({ id }) => open.has(id))) await inbox.answer(answers)
        },
      })),
  },
  {
    id: 'inbox-refusal-stays',
    defect: 'keeps a refusal of one worker though another one has carried the command out',
    caughtBy: 'inbox-answer-once',
    spoil: (store) => {
      const answered = new Set<string>()
      return changed(store, (inbox) => ({
        async answer(answers) {
          await inbox.answer(answers.filter(({ id }) => !answered.has(id)))
          for (const { id, status } of answers) if (status !== 'pending') answered.add(id)
        },
      }))
    },
  },
  {
    id: 'inbox-tries-forgotten',
    defect: 'does not count tries, so that a record that cannot be judged is tried for ever',
    caughtBy: 'inbox-tries',
    spoil: (store) =>
      changed(store, (inbox) => ({ answer: (answers) => inbox.answer(answers.filter(({ status }) => status !== 'pending')) })),
  },
  {
    id: 'inbox-tried-once',
    defect: 'takes a try for the last word',
    caughtBy: 'inbox-tries',
    spoil: (store) =>
      changed(store, (inbox) => ({
        answer: (answers) =>
          inbox.answer(answers.map((each) => (each.status === 'pending' ? { ...each, status: 'failed' } : each))),
      })),
  },
  {
    id: 'inbox-target-forgotten',
    defect: 'does not keep where a try was about to write, so that a record that is edited meanwhile is carried out twice',
    caughtBy: 'inbox-tries',
    spoil: (store) =>
      changed(store, (inbox) => ({
        pending: async (query) => (await inbox.pending(query)).map(({ begun: _, ...row }) => row),
      })),
  },
  {
    id: 'inbox-refusal-as-acceptance',
    defect: 'writes refusals as acceptances, before those that are',
    caughtBy: 'inbox-race',
    spoil: (store) => {
      let first: Promise<void> | undefined
      return changed(store, (inbox) => ({
        async answer(answers) {
          const wrong = answers.map((each) => (each.status === 'refused' ? { ...each, status: 'accepted' as const } : each))
          if (answers.some(({ status }) => status === 'refused')) return (first = inbox.answer(wrong))
          // Everybody is asked before anybody waits.
          await Promise.resolve()
          await first
          return inbox.answer(wrong)
        },
      }))
    },
  },
  {
    id: 'inbox-outage-as-empty',
    defect: 'takes a failing backend for an empty inbox',
    caughtBy: 'inbox-outage',
    spoil: (store) => changed(store, (inbox) => ({ pending: (query) => inbox.pending(query).catch(() => []) })),
  },
]
