import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InstanceView, JournalEntry, JsonValue } from '../src/index.ts'
import { canonicalJson } from '../src/rules/index.ts'
import { apiOf } from './support/api-of.ts'
import { collect, sweepAll, type Harness } from './support/harness.ts'
import { registered } from './support/policy-drafts.ts'
import { always, lines, never, settings, tell, type Line, type Setting, type Told } from './support/random-stories.ts'
import type { Step } from './support/story.ts'

const runs = (numRuns: number, seed: number) => ({ numRuns, seed, endOnFailure: false })
const journalOf = (h: Harness, id: string): Promise<JournalEntry[]> => collect(h.store.history(id))

describe.each(settings.map((setting, i) => [`${setting.kind} ${String(i)}`, setting] as const))(
  'random stories: %s',
  (_, setting) => {
    test('replay gives the snapshot byte for byte; snapshots are canonical JSON; journals have no gap', async () => {
      const accepted = new Set<string>()
      const refused = new Set<string>()
      await fc.assert(
        fc.asyncProperty(lines, async (story) => {
          const { h, id, codes: outcome, story: became } = await tell(setting, story, never)
          for (const [i, found] of outcome.entries())
            if (found[0] === 'accepted') accepted.add(became[i]?.step?.command?.type ?? '')
            else for (const code of found) refused.add(code)
          await sweepAll(h.governance)
          expect((await h.governance.verifyJournal()).problems).toEqual([])
          const stored = await h.store.load(id)
          expect(canonicalJson(JSON.parse(stored?.snapshot ?? '') as JsonValue)).toBe(stored?.snapshot)
          const entries = await journalOf(h, id)
          expect(entries.map((e) => e.seq)).toEqual(entries.map((__, i) => i + 1))
          for (const entry of entries) expect(JSON.parse(canonicalJson(entry as never))).toEqual(entry)
        }),
        runs(30, 11),
      )
      // The stories get somewhere, and meet many refusals.
      expect(accepted.size).toBeGreaterThan(setting.kind === 'complaint' ? 14 : 6)
      expect(refused.size).toBeGreaterThan(5)
    })

    test('the outcome does not depend on when anybody swept [architecture rule 6]', async () => {
      // A change back that a rung opens begins when it is opened, and so does its answer: nothing is delivered here, and all schedules are alike.
      const apart = { ...setting.options, store: { without: ['atomicMultiCommit'] as const } }
      const alone = setting.kind === 'change' ? { ...setting, options: apart } : setting
      await fc.assert(
        fc.asyncProperty(
          lines,
          fc.array(fc.integer({ min: 0, max: 20 * 86_400_000 }), { maxLength: 8 }),
          async (story, pauses) => {
            const unswept = await tell(alone, story, never)
            const daily = await tell(alone, unswept.story, always)
            // Sweeps in the middle of the waits, at random instants.
            let k = 0
            const halves = unswept.story.flatMap((line): Line[] => {
              const part = Math.min(line.wait, pauses[k++ % Math.max(1, pauses.length)] ?? 0)
              return [
                { ...line, wait: part },
                { ...line, wait: line.wait - part },
              ]
            })
            const random = createRandomSweep(alone, halves)
            expect(daily.codes).toEqual(unswept.codes)
            const rested = await random
            expect(rested.codes).toEqual(unswept.codes)
            const end = async (t: Told) => {
              const view = await apiOf(t.h.governance, setting.kind).get(t.id)
              const entries = await journalOf(t.h, t.id)
              return {
                state: view?.state,
                context: view?.context,
                clocks: view?.clocks.map((c) => c.clock),
                rungs: entries.flatMap((e) => e.settled),
                effects: entries.flatMap((e) => e.effects.map(({ type, params }) => ({ type, params }))),
              }
            }
            // What is due but not written yet is seen by the view; the last settling writes it.
            for (const t of [unswept, daily, rested]) await t.h.governance.sweep({ effects: 0 })
            const expected = await end(unswept)
            expect(await end(daily)).toEqual(expected)
            expect(await end(rested)).toEqual(expected)
          },
        ),
        runs(20, 12),
      )
    })

    test('no maker checks, nobody named acts, whoever acts is somebody; every open instance has an owner and a due or a reason', async () => {
      await fc.assert(
        fc.asyncProperty(lines, async (story) => {
          const { h, id } = await tell(setting, story, never)
          const barred = new Set<string>()
          const made: Record<string, Set<string>> = {}
          for (const entry of await journalOf(h, id)) {
            const command = entry.command as { type: string; named?: string[] } | undefined
            const hands = [entry.actor.id, ...(entry.actor.onBehalfOf === undefined ? [] : [entry.actor.onBehalfOf])]
            if (command === undefined) {
              expect(entry.actor.id).toBe('system')
              continue
            }
            if (command.type !== 'open')
              for (const hand of hands) expect([command.type, barred.has(hand)]).toEqual([command.type, false])
            for (const person of command.named ?? []) barred.add(person)
            const makes = {
              plan: 'handling',
              complete: 'handling',
              determine: 'handling',
              archive: 'prevention',
              propose: 'proposal',
              override: 'proposal',
              submitRegistration: 'application',
              recommend: 'application',
              requestException: 'application',
              sign: 'application',
            }[command.type]
            const checks = { customerSatisfied: 'handling', checkPrevention: 'prevention', waiveCondition: 'application' }[
              command.type
            ]
            for (const hand of hands)
              if (checks !== undefined)
                expect([command.type, hand, made[checks]?.has(hand) ?? false]).toEqual([command.type, hand, false])
            const votes = votesOf(entry)
            for (const { hand, elector, makers } of votes) {
              expect(makers).not.toContain(hand)
              expect(makers).not.toContain(elector)
              expect(barred.has(hand) || barred.has(elector)).toBe(false)
            }
            if (makes !== undefined) for (const hand of hands) (made[makes] ??= new Set()).add(hand)
          }
          for await (const p of h.store.find({ open: true })) {
            expect([p.state, p.owner]).not.toEqual([p.state, null])
            expect(p.nextDueAt === null).toBe(p.noDueReason !== null)
          }
        }),
        runs(30, 13),
      )
    })

    test('preview equals send and writes nothing; options never promise what send refuses', async () => {
      await fc.assert(
        fc.asyncProperty(lines, async (story) => {
          await tell(setting, story, never, async (h, step, id) => {
            const verbs = apiOf(h.governance, setting.kind)
            const view = await verbs.get(id)
            const command = (await registered(h, fill(step, view, h.clock.now()))) as { readonly type: string }
            const key = `preview-${String(view?.version)}-${String(h.clock.now())}`
            const o = {
              actor: step.actor ?? '',
              idempotencyKey: key,
              ...(step.onBehalfOf === undefined ? {} : { onBehalfOf: step.onBehalfOf }),
            }
            const before = (await h.store.load(id))?.head.hash
            const preview = await verbs.preview(id, command as never, o)
            expect((await h.store.load(id))?.head.hash).toBe(before)
            if (step.onBehalfOf === undefined) {
              const option = (await verbs.options(id, { actor: step.actor ?? '' }))?.find((x) => x.command === command.type)
              if (option?.status === 'refused') expect([command.type, preview.ok]).toEqual([command.type, false])
              if (option?.status === 'allowed') expect([command.type, preview.ok]).toEqual([command.type, true])
            }
            const sent = await verbs.send(id, command as never, o)
            expect(sent.ok).toBe(preview.ok)
            if (sent.ok && preview.ok) {
              expect(sent.entry).toEqual(preview.entries.at(0))
              expect(sent.entry.to).toBe(preview.to)
            }
            if (!sent.ok && !preview.ok) expect(sent.refusals).toEqual(preview.refusals)
          })
        }),
        runs(15, 14),
      )
    })
  },
)

/** Two lines an original one: the first only waits and sweeps. */
async function createRandomSweep(setting: Setting, halves: readonly Line[]): Promise<Told> {
  const whole = halves.filter((__, i) => i % 2 === 1)
  const first = halves.filter((__, i) => i % 2 === 0).map((l) => l.wait)
  return tell(setting, whole, async (h, i) => {
    h.clock.advance(first[i] ?? 0)
    await h.governance.sweep({ effects: 0 })
  })
}

interface SeenVote {
  readonly hand: string
  readonly elector: string
  readonly makers: readonly string[]
}
function votesOf(entry: JournalEntry): readonly SeenVote[] {
  const inputs = entry.inputs[0] as
    { approval?: { state: { makers: string[]; votes: { by: string; elector: string }[] } } } | undefined
  const state = inputs?.approval?.state
  return (state?.votes ?? []).map((v) => ({ hand: v.by, elector: v.elector, makers: state?.makers ?? [] }))
}

function fill(step: Step, view: InstanceView | null, now: number): { readonly type: string } {
  const command = Object.fromEntries(Object.entries(step.command ?? {}).map(([k, v]) => [k, v === '@now' ? now : v])) as {
    type: string
    [field: string]: unknown
  }
  if (command['basis'] === '@basis') command['basis'] = view?.basis
  if (command['basis'] === '@approval') command['basis'] = view?.approvals[String(command['approval'])]?.basis ?? 'none'
  return command
}

test("the host's time zone changes nothing", async () => {
  const [story] = fc.sample(lines, { numRuns: 1, seed: 15 })
  const zone = process.env['TZ']
  const ends: string[] = []
  try {
    for (const tz of ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Kiritimati']) {
      process.env['TZ'] = tz
      const { h, id } = await tell(settings[0]!, story ?? [], always)
      ends.push((await h.store.load(id))?.head.hash ?? '')
    }
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
  expect(new Set(ends).size).toBe(1)
})
