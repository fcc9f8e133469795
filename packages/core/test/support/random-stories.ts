import fc from 'fast-check'
import { definitions } from '../../src/runtime/runtime.ts'
import { accepts } from '../../src/runtime/step.ts'
import { admissionSetting } from './admission-random.ts'
import { apiOf } from './api-of.ts'
import { codes, createHarness, type Harness, type HarnessOptions } from './harness.ts'
import { commands, type Kind } from './states.ts'
import { publicationSettings } from './policy-random.ts'
import { changeSettings } from './project-random.ts'
import * as s from './stories.ts'
import { createSession, type Step, type Story } from './story.ts'

const people = [
  'u-huang',
  'u-okafor',
  'u-peters',
  'u-qian',
  'u-liu',
  'u-garcia',
  'u-chen',
  'u-brandt',
  'u-lin',
  'u-wang',
  'u-novak',
  'u-wu',
  'u-meyer',
  'u-zhao',
  'u-rossi',
  'u-nobody',
]
const delegations = [
  { from: 'u-huang', to: 'u-garcia', since: '2026-01-01', until: '2027-12-31' },
  { from: 'u-peters', to: 'u-zhao', since: '2026-01-01', until: '2027-12-31' },
  { from: 'u-lin', to: 'u-sun', since: '2026-01-01', until: '2026-08-31' },
]
const policy = { directory: { delegations } }

/** A random line: mostly something that the state accepts, at times anything by anybody; after minutes or after weeks. */
export interface Line {
  readonly pick: number
  /** Somebody else than the one who may send it. */
  readonly actor: string | null
  readonly onBehalfOf: string | undefined
  /** Picks among all commands, whatever the state. */
  readonly blind: boolean
  readonly wait: number
  /** What the line became, when it is told again. */
  readonly step?: Step
}
const waits = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 90 * 60_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 2 * 86_400_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * 86_400_000 }) },
)
export const lines: fc.Arbitrary<readonly Line[]> = fc.array(
  fc.record({
    pick: fc.noBias(fc.nat()),
    actor: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...people) }),
    onBehalfOf: fc.constantFrom(undefined, undefined, 'u-huang', 'u-peters'),
    blind: fc.nat(9).map((n) => n === 0),
    wait: waits,
  }),
  { minLength: 15, maxLength: 40, size: 'max' },
)

const kindNames: { readonly [kind: string]: string } = {
  adjustment: 'tier-adjustment',
  change: 'project-change',
  publication: 'policy-publication',
}

/** What a line says where the story stands. */
function stepOf(line: Line, kind: Kind, more: readonly Step[], state: string): Step {
  if (line.step) return line.step
  const definition = definitions[kindNames[kind] ?? kind]
  const all = [...commands[kind], ...more]
  const possible = all.filter((c) => accepts(definition!.machine, state, c.command?.type ?? ''))
  const onward = possible.filter((c) => more.includes(c))
  // Three of five lines lead on where something does, so that few stories end early by a withdrawal.
  const among = line.blind || possible.length === 0 ? all : line.pick % 5 < 3 && onward.length > 0 ? onward : possible
  const step = among[Math.floor(line.pick / 5) % among.length]!
  if (line.actor === null) return step
  return { ...step, actor: line.actor, ...(line.onBehalfOf === undefined ? {} : { onBehalfOf: line.onBehalfOf }) }
}

export interface Setting {
  readonly kind: Kind
  readonly start: Story
  readonly options: HarnessOptions
  /** Commands that lead on, so that they come more often than those that lead away. */
  readonly more: readonly Step[]
}
const named: Step = { on: 'open', command: { named: ['u-liu', 'u-qian'], sites: ['north', 'south'], fromGroup: true } }
const votes = (target: typeof s.complaint, approval: string, actors: readonly string[]): Step[] =>
  actors.flatMap((actor) =>
    ['approve', 'approve', 'reject', 'sendBack'].map((decision) => s.cast(target, approval, actor, decision)),
  )
const onward: readonly Step[] = [
  s.complaint('u-huang', { type: 'forward', department: 'product' }),
  s.complaint('u-peters', { type: 'accept' }),
  ...Array.from({ length: 5 }, () => [s.determine(), s.plan(), s.complete(), s.satisfied(), s.dissatisfied, s.archive]).flat(),
  s.dearPlan,
  ...Array.from({ length: 5 }, () => s.complete({ toldInGroup: true })),
  s.satisfied({ site: 'north' }),
  s.satisfied({ site: 'south' }),
  ...votes(s.complaint, 'extension', ['u-okafor']),
  ...votes(s.complaint, 'compensation', ['u-meyer']),
  ...votes(s.complaint, 'dissatisfaction', ['u-lin', 'u-wang', 'u-novak', 'u-zhao']),
]
export const settings: readonly Setting[] = [
  { kind: 'complaint', start: s.received(), options: { policy }, more: onward },
  {
    kind: 'complaint',
    start: [...s.adopted, named, ...s.planning().slice(2, -1), { ...s.determine(), actor: 'u-tang' }],
    options: { policy },
    more: onward,
  },
  {
    kind: 'adjustment',
    start: s.collecting(),
    options: {
      start: s.august,
      policy: { ...s.twoHands, ...policy },
    },
    more: [
      ...[s.propose('exit'), s.propose('C'), s.propose('B'), s.propose('A')],
      ...['review', 'decision', 'appeal'].flatMap((approval) => votes(s.adjustment, approval, ['u-chen', 'u-brandt', 'u-lin'])),
    ],
  },
  admissionSetting(policy),
  ...changeSettings(policy),
  ...publicationSettings(policy),
]

export interface Told {
  readonly codes: readonly (readonly string[])[]
  /** The lines with the steps that they became. */
  readonly story: readonly Line[]
  readonly h: Harness
  readonly id: string
}
export type Schedule = (h: Harness, i: number) => Promise<void>

/** Plays random lines; between them `schedule` may sweep. */
export async function tell(
  { kind, start, options, more }: Setting,
  story: readonly Line[],
  schedule: Schedule,
  each?: (h: Harness, step: Step, id: string) => Promise<void>,
): Promise<Told> {
  const h = createHarness(options)
  const session = createSession(h)
  for (const [i, step] of start.entries()) {
    if (step.after !== undefined) h.clock.advance(3_600_000)
    await session.play(step, `start-${String(i)}`)
  }
  const id = session.ids.get(kind) ?? ''
  const outcome: (readonly string[])[] = []
  const became: Line[] = []
  for (const [i, line] of story.entries()) {
    await schedule(h, i)
    h.clock.advance(line.wait)
    const step = stepOf(line, kind, more, (await apiOf(h.governance, kind).get(id))?.state ?? '')
    became.push({ ...line, step })
    await each?.(h, step, id)
    const result = await session.play(step, `line-${String(i)}`)
    outcome.push(result === null ? [] : codes(result))
  }
  return { codes: outcome, story: became, h, id }
}
export const never: Schedule = () => Promise.resolve()
export const always: Schedule = async (h) => {
  await h.governance.sweep({ effects: 0 })
}
