import type { MemoryCommand } from '@ka-governance/adapter-memory'
import {
  defaultHost,
  formatInboundVerdict,
  formatOptionsOf,
  type Governance,
  type InboundAnswer,
  type JsonValue,
  type Result,
  type SendOptions,
} from '../../src/index.ts'
import { collect, type Harness } from './harness.ts'
import { longStories, policyStory, splitStory } from './long-stories.ts'

/** Publications have no rows; a split names the complaint that it moves by an id which a key of the API gave it. */
export const rowStories = longStories.filter(([, story]) => story !== policyStory && story !== splitStory)

/**
 * The SDK on another harness, where what is opened gets the ids that it got in the inbox: they follow from the key, and the one under which a row was carried out
 * stands in for the caller's.
 */
export function withIdsOf(h: Harness, keys: ReadonlyMap<string, string>): Governance {
  let ids = 0
  const sha256 = (text: string): string => {
    const [kind = '', key = ''] = text.split('\n')
    return defaultHost.sha256(keys.has(key) ? `${kind}\n${keys.get(key) ?? ''}` : text)
  }
  return h.another({ host: { clock: h.clock.now, newId: () => `id-${String((ids += 1))}`, newSalt: () => 'salt', sha256 } })
}

/** Where a person leaves a command and reads the answer. */
export interface PeoplesSide {
  readonly submit: (command: MemoryCommand) => string
  readonly answerTo: (id: string) => InboundAnswer | null
}

const kinds = {
  admission: 'admission',
  complaint: 'complaint',
  tierAdjustment: 'tier-adjustment',
  account: 'account',
  project: 'project',
  projectChange: 'project-change',
} as const
type Fields = { readonly [field: string]: JsonValue }

/**
 * The same verbs, but every command is left in the inbox, worked through, and its result read from the answer and the journal. `keys` notes which row took the
 * place of which idempotency key.
 */
export function throughInbox(
  h: Harness,
  keys: Map<string, string>,
  side: PeoplesSide = h.memory.inbox,
  g: Governance = h.governance,
): Governance {
  const leave = async (command: MemoryCommand, o: SendOptions, refusedBy: () => Promise<Result>): Promise<Result> => {
    const id = side.submit({ ...command, actor: o.actor, ...(o.onBehalfOf === undefined ? {} : { onBehalfOf: o.onBehalfOf }) })
    if (o.idempotencyKey !== undefined) keys.set(o.idempotencyKey, `inbox-${id}`)
    await g.inbox.process()
    const answer = side.answerTo(id)
    if (answer === null) throw new Error(`no answer to ${JSON.stringify(command)}`)
    if (answer.status === 'accepted') return acceptedAs(h, answer)
    const refused = await refusedBy()
    if (answer.status !== 'refused' || refused.ok) throw new Error(answer.text)
    // The answer says what the API says, all of it.
    const { refusals } = refused
    const { kind } = command
    const verdict = { status: 'refused', kind, command: command.command ?? '', instanceId: null, state: null, refusals } as const
    const text = formatInboundVerdict(verdict, 'en', formatOptionsOf(h.policy))
    if (text !== answer.text) throw new Error(`${answer.text}\ninstead of\n${text}`)
    return refused
  }
  const unknown = (): Promise<Result> => Promise.reject(new Error('an opening that is refused cannot be previewed'))
  const opens =
    (kind: string, command: string) =>
    (form: Fields, o: SendOptions): Promise<Result> =>
      leave({ kind, command, form, actor: '' }, o, unknown)
  const through = <Name extends keyof typeof kinds>(name: Name): Governance[Name] => {
    const kind = kinds[name]
    const api = g[name]
    const preview = api.preview as (id: string, command: Fields, o: SendOptions) => Promise<Result>
    const send = (instanceId: string, { type, ...form }: Fields, o: SendOptions): Promise<Result> =>
      leave({ kind, instanceId, command: typeof type === 'string' ? type : '', form, actor: '' }, o, () =>
        preview(instanceId, { ...form, type: type ?? null }, { actor: o.actor }),
      )
    return { ...api, send, open: opens(kind, 'open'), adopt: opens(kind, 'adopt') } as never
  }
  return {
    ...g,
    admission: through('admission'),
    complaint: through('complaint'),
    tierAdjustment: through('tierAdjustment'),
    account: through('account'),
    project: through('project'),
    projectChange: through('projectChange'),
  }
}

async function acceptedAs(h: Harness, { entryKey, instanceId }: InboundAnswer): Promise<Result> {
  if (entryKey === null || instanceId === null) throw new Error('an accepted command has an entry')
  const [id, seq] = [entryKey.slice(0, -7), Number(entryKey.slice(-6))]
  const [entry] = await collect(h.store.history(id, seq))
  if (entry?.key !== entryKey) throw new Error(`no entry ${entryKey}`)
  const result = {
    ok: true,
    id,
    state: entry.to,
    version: seq,
    entry,
    idempotencyKey: entry.idempotencyKey,
    duplicate: false,
    observed: [],
    projection: 'written',
  } as const
  return { ...result, ...{ admission: instanceId, adjustment: instanceId } }
}
