// Account teams under faults and races: exactly once, and the journal is the same as without [SVC-01].
import type { SalesforceMapping } from '@ka-governance/adapter-salesforce'
import { isGovernanceError } from '@ka-governance/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as c from '../../core/test/support/account-stories.ts'
import * as a from '../../core/test/support/admission-stories.ts'
import { wholeJournal } from '../../core/test/support/harness.ts'
import { sweep } from '../../core/test/support/stories.ts'
import { play, type Story } from '../../core/test/support/story.ts'
import type { FakeObject, FakeRule } from './fake/org.ts'
import { passingFaults } from './fake/server.ts'
import { governedOn } from './governed.ts'
import { account, all, keeping, members, setUp, withUsers } from './teams.ts'

describe('exactly once', () => {
  const slugs: SalesforceMapping = { ...keeping, accounts: { id: 'Slug__c', parent: null } }
  const story: Story = [
    c.applies,
    a.register(),
    a.recommend(),
    a.vote('u-chen'),
    a.assignTeam(),
    a.sign({ signedOn: '2026-08-03', from: '2026-08-03', to: '2028-08-02' }),
    c.handover(),
    c.nameManager,
    c.handover({ to: 'u-liu' }),
  ]
  const left: Story = [c.end('2026-08-03'), sweep('1d'), c.checklist]
  function governed(mapped: SalesforceMapping = slugs, extra: { readonly [object: string]: Partial<FakeObject> } = {}) {
    const made = governedOn(c.options, { mapping: mapped }, extra)
    withUsers(made.fake)
    return made
  }

  test('the journal is that of an org without teams; the team follows every step, and nothing counts as drift', async () => {
    const { team: _, ...plainAccount } = account
    const plain = governed({ ...slugs, records: { complaint: null, account: plainAccount } })
    await play(plain.harness, [...story, ...left])
    const { harness, fake } = governed()
    await play(harness, story.slice(0, 6))
    const smith = ['Account Manager u-smith', ...all.slice(1)]
    expect(members(fake)).toEqual(smith)
    const found = []
    for await (const each of harness.governance.drift.find({})) found.push(each)
    expect(found).toEqual([])
    const whole = governed()
    await play(whole.harness, story)
    expect(members(whole.fake)).toEqual(all)
    const ended = governed()
    await play(ended.harness, [...story, ...left])
    expect(members(ended.fake)).toEqual([])
    expect(JSON.stringify(await wholeJournal(ended.harness.store))).toBe(JSON.stringify(await wholeJournal(plain.harness.store)))
  })

  test('what was refused is made up for when records are indexed anew', async () => {
    const rule = { on: true }
    const stuck: FakeRule = (row, before) => {
      if (rule.on && before === null && row['TeamMemberRole'] === 'Service') return 'not yet'
      return null
    }
    const { harness, fake } = governed(slugs, { AccountTeamMember: { rules: [stuck] } })
    await play(harness, story)
    expect(members(fake)).toEqual(all.slice(0, 3))
    expect(await harness.governance.reindex()).toMatchObject({ blocked: ['account-acme'] })
    rule.on = false
    expect(await harness.governance.reindex()).toMatchObject({ changed: 1, blocked: [] })
    expect(members(fake)).toEqual(all)
  })

  test.each(passingFaults)('with a fault at every request: %s', { timeout: 120_000 }, async (fault) => {
    const plain = governed()
    await play(plain.harness, story)
    const journal = JSON.stringify(await wholeJournal(plain.harness.store))
    for (let number = 1; number <= plain.fake.log.length; number += 3) {
      const { harness, fake } = governed()
      fake.script = (request) => (request.number === number ? fault : null)
      await play(harness, story)
      expect(JSON.stringify(await wholeJournal(harness.store)), `${fault} at ${String(number)}`).toBe(journal)
      expect(members(fake), `${fault} at ${String(number)}`).toEqual(all)
    }
  })

  test('of several writers one lands, with its team', async () => {
    const { fake, store, entry, send } = setUp()
    await send(1, {})
    const racing = ['u-liu', 'u-smith', 'u-wang'].map((accountManager) => {
      const commit = entry(2, { accountManager })
      return { ...commit, entry: { ...commit.entry, idempotencyKey: accountManager } }
    })
    const outcomes = (await Promise.all(racing.map((commit) => store.commit([commit])))).flat()
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['committed', 'conflict', 'conflict'])
    const winner = racing[outcomes.findIndex(({ status }) => status === 'committed')]?.entry.idempotencyKey
    expect(members(fake)).toEqual([`Account Manager ${String(winner)}`])
  })

  test(
    'several writers, random faults: after the last entry the team is its, and each member is there once',
    { timeout: 120_000 },
    async () => {
      const fault = fc.option(fc.constantFrom(...passingFaults.filter((each) => each !== 'unauthorized')), { freq: 3 })
      const person = fc.constantFrom('u-liu', 'u-smith', 'u-wang', null)
      const serving = fc.record({ accountManager: person, productManager: person, serviceRepresentative: person })
      await fc.assert(
        fc.asyncProperty(
          fc.array(fault, { minLength: 5, maxLength: 60 }),
          fc.array(serving, { minLength: 2, maxLength: 5 }),
          async (script, path) => {
            const { fake, another, entry, byHand } = setUp()
            byHand('u-sun', 'Product Manager')
            fake.script = ({ number }) => script[number] ?? null
            const work = async (writer: number): Promise<void> => {
              const store = another()
              for (;;) {
                try {
                  const seq = ((await store.load(entry(1, {}).entry.instanceId))?.head.seq ?? 0) + 1
                  const next = path[seq - 1]
                  if (next === undefined) return
                  const commit = entry(seq, next)
                  await store.commit([
                    { ...commit, entry: { ...commit.entry, idempotencyKey: `w${String(writer)}-${String(seq)}` } },
                  ])
                } catch (error) {
                  if (!isGovernanceError(error) || !error.retryable) throw error
                }
              }
            }
            await Promise.all([0, 1, 2].map(work))
            fake.script = null
            const last = path.at(-1)
            const end = entry(path.length, last ?? {})
            // Where the org could not be asked, the head says so, and the sweep makes up for it.
            const stored = await another().load(end.entry.instanceId)
            if (stored?.shownSeq !== path.length) await another().project(end.projection)
            const roles = {
              accountManager: 'Account Manager',
              productManager: 'Product Manager',
              serviceRepresentative: 'Service',
            }
            const wanted = new Map<string, string>()
            for (const role of ['accountManager', 'productManager', 'serviceRepresentative'] as const) {
              const who = last?.[role]
              if (who != null && !wanted.has(who)) wanted.set(who, `${roles[role]} ${who}`)
            }
            expect(members(fake)).toEqual([...wanted.values(), 'Product Manager u-sun'].sort())
            expect(fake.org.rows('KagEvent__c').map((row) => row['Seq__c'])).toEqual(path.map((_, k) => k + 1))
          },
        ),
        { numRuns: 40 },
      )
    },
  )
})
