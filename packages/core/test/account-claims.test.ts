import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountContext } from '../src/ledgers/account/types.ts'
import type { InstanceView } from '../src/index.ts'
import { collect, createHarness, sweepAll } from './support/harness.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import { adjustment, cast, propose } from './support/stories.ts'
import { createSession, duration, type Step } from './support/story.ts'

/** What takes a claim, gives it back, ends the relation or begins it again. */
const moves: readonly Step[] = [
  c.applies,
  a.register(),
  a.recommend(),
  a.vote('u-chen'),
  a.assignTeam(),
  a.withdraw,
  { on: 'review', command: { onDemand: 'dispute' } },
  { on: 'review' },
  propose('exit'),
  cast(adjustment, 'review', 'u-chen', 'approve'),
  cast(adjustment, 'decision', 'u-chen', 'approve'),
  c.end('2026-08-03'),
  c.checklist,
  c.stopExit,
  c.readmit('u-lin', { after: '200d' }),
  c.motion,
  c.resolve(),
  c.merge(),
  { on: 'sweep', after: '40d' },
]

test.each([[[]], [['atomicMultiCommit']]] as const)(
  'ADM-05, ADJ-01: at every moment at most one admission and one adjustment are open, and the ledger holds their claims (store without %j)',
  async (without) => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.nat(moves.length - 1), { minLength: 5, maxLength: 25, size: 'max' }),
        async (isKeyAccount, picks) => {
          const h = createHarness({ ...c.options, store: { without } })
          const session = createSession(h)
          await session.play(c.beta(), 'beta')
          await session.play(c.adopt({ tier: 'C', isKeyAccount }), 'acme')
          for (const [i, pick] of picks.entries()) {
            const step = moves[pick] ?? c.applies
            if (step.after !== undefined) h.clock.advance(duration(step.after))
            const known = ['sweep', 'apply', 'review'].includes(step.on) || session.ids.has(step.on)
            if (!known) continue
            await session.play(step, `move-${String(i)}`)
            await sweepAll(h.governance)
            const ledger = (await h.governance.account.get('account-acme')) as InstanceView<AccountContext>
            const openOf = async (kind: string): Promise<readonly string[]> =>
              (await collect(h.store.find({ accountId: 'acme', kind, open: true }))).map((p) => p.instanceId)
            const claim = (id: string | null | undefined): readonly string[] => (id == null ? [] : [id])
            expect(await openOf('admission')).toEqual(claim(ledger.context.admission?.id))
            expect(await openOf('tier-adjustment')).toEqual(claim(ledger.context.adjustment))
          }
          expect((await h.governance.verifyJournal()).problems).toEqual([])
        },
      ),
      { numRuns: 25 },
    )
  },
  120_000,
)
