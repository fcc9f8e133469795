// What governance costs a portal: calls, counted. The page for administrators states these numbers, and is compared with them here.
import { createHubSpotLimiter, type EffectsMapping, type HubSpotLimiter } from '@ka-governance/adapter-hubspot'
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import { enterprise } from './fake/rates.ts'
import { preparedPortal, ticketMapping } from './governed-portal.ts'
import { tablesOf } from '../../../test/support/tables-of.ts'
import { portfolio } from './portfolio.ts'
import { storeOn } from './subject.ts'

const tableUnder = tablesOf('docs/adapters/hubspot.md')

function governed(effects: EffectsMapping = {}) {
  const mapping = { records: { complaint: ticketMapping }, effects }
  const fake = preparedPortal(mapping)
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const accountId = fake.portal.create('companies', { name: 'Acme' }).record.id
  // The portal's uniqueness was tried: no entry is read again after it was made.
  const store = storeOn(fake, { mapping, confirm: false })
  const governance = createGovernance({
    store,
    policy: loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory }),
    host: { clock: clock.now },
    handlers: { default: () => Promise.resolve() },
  })
  const calls = async (work: () => Promise<unknown>): Promise<number> => {
    const before = fake.log.length
    await work()
    return fake.log.length - before
  }
  return { fake, clock, store, governance, accountId, calls }
}

/** Calls of a review, and of the sweep that opens the adjustments which it ordered. */
async function reviewOf(size: number): Promise<readonly [review: number, opening: number]> {
  const { governance, fake, accountIds } = await portfolio(size + 1, 10, { confirm: false })
  const review = async (accounts: readonly string[]): Promise<number> => {
    const before = fake.log.length
    for await (const { status } of governance.review({ cycle: '2026-H1', actor: 'u-novak', accounts, width: 100 }))
      expect(['opened', 'unchanged']).toContain(status)
    return fake.log.length - before
  }
  // A process that has run for a while has put its policy into the registry, and has swept.
  await review(accountIds.slice(0, 1))
  await governance.sweep({ untilIdle: true })
  fake.clock.advance(10 * 60_000)
  await governance.sweep()
  const reviewed = await review(accountIds.slice(1))
  const before = fake.log.length
  await governance.sweep({ width: 100 })
  return [reviewed, fake.log.length - before]
}

/** A complaint of a key account, to be forwarded. */
async function complaint({
  governance,
  clock,
  accountId,
}: ReturnType<typeof governed>): Promise<{ readonly id: string; readonly forward: () => Promise<unknown> }> {
  await governance.account.adopt({ accountId, name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
  const form = {
    matter: 'Flange of lot 7 cracked',
    contact: 'Ms Li',
    expectedSolution: 'Replacement',
    channel: 'hotline',
  } as const
  const { id } = await governance.complaint.open(
    { accountId, ...form, severity: 'major', about: 'product', receivedAt: clock.now() },
    { actor: 'u-huang' },
  )
  const forward = () => governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })
  return { id, forward }
}

test('calls: the page states what is counted', async () => {
  const plain = governed()
  const { fake, store, governance, calls } = plain
  const { id, forward } = await complaint(plain)
  await governance.sweep({ untilIdle: true })
  fake.clock.advance(10 * 60_000)
  await governance.sweep({ untilIdle: true })
  const nothing = await calls(() => governance.sweep())
  const wording = { locale: 'en', timeZone: 'Asia/Shanghai' } as const
  const withTask = governed({ notify: { task: wording } })
  // A process that has made a task before knows who is who, and the kinds of links.
  const tasked = await complaint(withTask)
  const [review, opening] = await reviewOf(100)
  const counted = {
    'a command with an effect': await calls(forward),
    'the same with a task in its place': await withTask.calls(tasked.forward),
    'a command that is refused': await calls(() => governance.complaint.send(id, { type: 'accept' }, { actor: 'u-xu' })),
    'reading one instance': await calls(() => store.load(id)),
    'writing one instance': await calls(() => store.commit([makeCommit({ instanceId: 'one' })])),
    'writing 1,000 instances at once': await calls(() =>
      store.commit(Array.from({ length: 1000 }, (_, k) => makeCommit({ instanceId: `many-${String(k)}`, kind: 'project' }))),
    ),
    'a sweep with nothing to do': nothing,
    'the review of 100 accounts': review,
    'the sweep that opens their adjustments': opening,
  }
  expect(withTask.fake.portal.ofType('tasks').length).toBeGreaterThan(1)
  expect(Object.fromEntries(tableUnder('Calls').map(([what = '', number = '']) => [what, Number(number)]))).toEqual(counted)
})

test('beside a bulk run that uses half of the rate a person’s command waits for nothing', async () => {
  const mapping = { records: { complaint: ticketMapping } }
  const fake = preparedPortal(mapping)
  const own = createHubSpotLimiter({ now: fake.clock.now, sleep: fake.clock.sleep })
  const waited = { people: 0, bulk: 0 }
  const limiter: HubSpotLimiter = {
    ...own,
    acquire: async (lane, bulk) => {
      const turn = { admitted: false }
      const admission = own.acquire(lane, bulk).then((over) => {
        turn.admitted = true
        return over
      })
      await Promise.resolve()
      if (!turn.admitted) waited[bulk ? 'bulk' : 'people'] += 1
      return admission
    },
  }
  const store = storeOn(fake, { mapping, confirm: false, limiter })
  // The first answer says what the portal allows.
  await store.load('nobody')
  const run = { over: false }
  const bulk = store.commit(
    Array.from({ length: 12_000 }, (_, k) => makeCommit({ instanceId: `many-${String(k)}`, kind: 'project' })),
  )
  void bulk.then(() => {
    run.over = true
  })
  let commands = 0
  for (; !run.over; commands += 1) {
    const [outcome] = await store.commit([makeCommit({ instanceId: `one-${String(commands)}`, kind: 'project' })])
    expect(outcome?.status).toBe('committed')
    await fake.clock.sleep(1000)
  }
  expect(commands).toBeGreaterThan(10)
  expect(waited.bulk).toBeGreaterThan(0)
  expect(waited.people).toBe(0)
  // In any ten seconds at most half of the calls that the portal allows.
  const at = fake.log.filter(({ body }) => body?.includes('many-') === true).map((request) => request.at)
  const most = Math.max(
    ...at.map((from) => at.filter((each) => each >= from && each < from + enterprise.general.windowMs).length),
  )
  expect(most).toBeLessThanOrEqual(enterprise.general.max / 2)
}, 60_000)
