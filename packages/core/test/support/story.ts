import {
  defaultHost,
  type Accepted,
  type Effect,
  type Governance,
  type InstanceView,
  type Result,
  type SendOptions,
} from '../../src/index.ts'
import { apiOf } from './api-of.ts'
import { codes, sweepAll, type Harness } from './harness.ts'
import { draftOf, registered, whatIfOf } from './policy-drafts.ts'

/** One line of a story, as data. */
export interface Step {
  /** Time that passes before: `30m`, `4h`, `2d`. */
  readonly after?: string
  readonly actor?: string
  readonly onBehalfOf?: string
  /**
   * `adopt`, `open` (a complaint), `apply` (opens an admission), `review` (opens an adjustment), `sweep`; else what the command goes to. `complaint` and `adjustment` are those opened last,
   * unless `name` says which; `openProject`, `openChange` likewise; the name `back` is the change back of the change.
   */
  readonly on:
    | 'adopt'
    | 'open'
    | 'apply'
    | 'admission'
    | 'review'
    | 'sweep'
    | 'complaint'
    | 'adjustment'
    | 'account'
    | 'openProject'
    | 'project'
    | 'openChange'
    | 'change'
    | 'openVersion'
    | 'checkDraft'
    | 'whatIf'
    | 'publication'
    | 'policy'
  /** Name of the instance that is opened or meant. */
  readonly name?: string
  /** `'@now'`, `'@basis'` and `'@approval'` are filled in when the step is played. */
  readonly command?: { readonly type?: string; readonly [field: string]: unknown }
  /** Codes of the refusal that the step meets; default: it is accepted. */
  readonly refused?: readonly string[]
}
export type Story = readonly Step[]

/** The step, refused with these codes. */
export const refused = (step: Step, ...codes: string[]): Step => ({ ...step, refused: codes })

/** What became of a story. */
export interface Played {
  readonly ids: { readonly [name: string]: string }
  readonly id: (name?: string) => string
  readonly results: readonly (Result | null)[]
}

const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

export function duration(text: string): number {
  const amount = Number(text.slice(0, -1))
  return amount * unit[text.slice(-1) as keyof typeof unit]
}

/** Carries out a step with the given key; the same key again is the same step again. */
export interface Session {
  readonly ids: Map<string, string>
  /** What was sent under which key. */
  readonly sent: Map<string, unknown>
  readonly play: (step: Step, key: string) => Promise<Result | null>
}

export function createSession(h: Harness, governanceOf: () => Governance = () => h.governance): Session {
  const ids = new Map<string, string>()
  const sent = new Map<string, unknown>()
  const play = async (step: Step, key: string): Promise<Result | null> => {
    const g = governanceOf()
    const o: SendOptions = {
      actor: step.actor ?? '',
      idempotencyKey: key,
      ...(step.onBehalfOf === undefined ? {} : { onBehalfOf: step.onBehalfOf }),
    }
    const command = filled(step, h.clock.now())
    switch (step.on) {
      case 'sweep':
        await sweepAll(g)
        return null
      case 'adopt': {
        const form = {
          accountId: 'acme',
          name: 'Acme',
          isKeyAccount: true,
          tier: 'B',
          manager: 'u-liu',
          ...(command as object),
        }
        const result = await g.account.adopt(form as never, { ...o, actor: step.actor ?? 'u-liu' })
        ids.set('account', result.id)
        if (step.name !== undefined) ids.set(step.name, result.id)
        return result
      }
      case 'open': {
        const form = { ...complaintForm(h.clock.now()), ...(command as object) }
        const result = await g.complaint.open(form, { ...o, actor: step.actor ?? 'u-huang' })
        ids.set('complaint', result.id)
        if (step.name !== undefined) ids.set(step.name, result.id)
        return result
      }
      case 'review': {
        const form = { accountId: 'acme', cycle: '2026-H1', ...(command as object) }
        const result = await g.tierAdjustment.open(form, { ...o, actor: step.actor ?? 'u-novak' })
        // A refused one opened nothing.
        if (result.ok) ids.set('adjustment', result.adjustment)
        if (result.ok && step.name !== undefined) ids.set(step.name, result.adjustment)
        return result
      }
      case 'apply': {
        const result = await g.admission.open(command as never, { ...o, actor: step.actor ?? 'u-liu' })
        ids.set('account', result.id)
        if (result.ok) ids.set('admission', result.admission)
        if (result.ok && step.name !== undefined) ids.set(step.name, result.admission)
        return result
      }
      case 'openProject': {
        const result = await g.project.open({ ...projectForm, ...(command as object) }, o)
        ids.set('project', result.id)
        return result
      }
      case 'openChange': {
        const form = { projectId: projectForm.projectId, title: 'more welders', ...(command as object) }
        const result = await g.projectChange.open(form, o)
        ids.set(step.name ?? 'change', result.id)
        return result
      }
      case 'openVersion': {
        const { version = '1.0' } = command as { version?: string }
        const form = { policyId: h.policy.id, version, title: `Version ${version}` }
        const result = await g.policy.open(form, { ...o, actor: step.actor ?? drafter })
        if (step.name === undefined) ids.set('publication', result.id)
        ids.set(step.name ?? version, result.id)
        ids.set('policy', g.policy.ledgerOf(h.policy.id))
        return result
      }
      case 'checkDraft':
        return g.policy.check(publicationOf(ids, step), draftOf(h, command), { ...o, actor: step.actor ?? drafter })
      case 'whatIf':
        return g.policy.recordWhatIf(publicationOf(ids, step), whatIfOf(h, command), {
          ...o,
          actor: step.actor ?? drafter,
        })
      default: {
        const id = ids.get(step.name ?? step.on)
        if (id === undefined) throw new Error(`no ${step.name ?? step.on} was opened`)
        const api = apiOf(g, step.on)
        // A retry sends what was sent, not what would be sent now.
        if (!sent.has(key)) sent.set(key, await registered(h, withBasis(command, await api.get(id))))
        return noteChangeBack(ids, await api.send(id, sent.get(key) as never, o))
      }
    }
  }
  return { ids, sent, play }
}

/** Whoever writes policies in stories: no elector. */
const drafter = 'u-liu'

function publicationOf(ids: Map<string, string>, { name = 'publication' }: Step): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`no publication ${name} was opened`)
  return id
}

/** Plays a story from its start; every step must end as it says. `governance`: another way to the harness's store. */
export async function play(h: Harness, story: Story, prefix = 'step', governance = h.governance): Promise<Played> {
  const session = createSession(h, () => governance)
  const results: (Result | null)[] = []
  for (const [i, step] of story.entries()) {
    if (step.after !== undefined) h.clock.advance(duration(step.after))
    const result = await session.play(step, `${prefix}-${String(i)}`)
    check(step, result, i)
    results.push(result)
  }
  const ids = Object.fromEntries(session.ids)
  return { ids, results, id: (name = 'complaint') => ids[name] ?? '' }
}

export function check(step: Step, result: Result | null, i: number): asserts result is Accepted | null {
  if (result === null) return
  const found = codes(result)
  const wanted = step.refused ?? ['accepted']
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(
      `step ${String(i)} (${step.on} ${step.command?.type ?? ''} by ${step.actor ?? '?'}) in ${result.state}: ${found.join(', ')} instead of ${wanted.join(', ')}${result.ok ? '' : `\n${JSON.stringify(result.refusals, null, 1)}`}`,
    )
}

/** A project of Acme, led by a product manager. */
export const projectForm = {
  accountId: 'acme',
  projectId: 'line-1',
  name: 'Line 1',
  needConfirmation: [{ uri: 'need:1' }],
  leader: 'u-peters',
  team: ['u-weber'],
  departments: ['product', 'technical', 'production'],
}

/** The change back that a command has opened: its id follows from the effect that opens it. */
function noteChangeBack(ids: Map<string, string>, result: Result): Result {
  const opens = (effect: Effect): boolean =>
    (effect.params as { readonly command?: { readonly type?: string } }).command?.type === 'openChangeBack'
  const effect = result.ok ? result.entry.effects.find(opens) : undefined
  if (effect !== undefined) ids.set('back', `chg-${defaultHost.sha256(`project-change\n${effect.id}`).slice(0, 20)}`)
  return result
}

export function complaintForm(receivedAt: number) {
  return {
    accountId: 'acme',
    matter: 'cracked flange',
    contact: 'Ms Li',
    expectedSolution: 'replacement',
    channel: 'hotline',
    severity: 'minor',
    about: 'product' as const,
    receivedAt,
  }
}

function filled(step: Step, now: number): { readonly [field: string]: unknown } {
  return Object.fromEntries(Object.entries(step.command ?? {}).map(([k, v]) => [k, v === '@now' ? now : v]))
}

function withBasis(command: { readonly [field: string]: unknown }, view: InstanceView | null): unknown {
  const { basis } = command
  if (basis === '@basis') return { ...command, basis: view?.basis ?? '' }
  if (basis === '@approval') return { ...command, basis: view?.approvals[String(command['approval'])]?.basis ?? 'none' }
  return command
}
