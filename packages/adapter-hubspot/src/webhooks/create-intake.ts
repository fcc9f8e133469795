import { InvalidInputError, StoreError, type Finding } from '@ka-governance/core'
import { clientOf, type ClientOrConnection } from '../client-of.ts'
import type { Values } from '../client.ts'
import { ownRecordsIn, type JournalPort } from '../journal-port.ts'
import { longText } from '../long-text.ts'
import { cut } from '../mapping.ts'
import { resolveMapping, type HubSpotMapping, type ResolvedMapping } from '../options.ts'
import type { PropertyName } from '../schema.ts'
import type { OwnRecords } from '../tools.ts'
import type { HubSpotEvent } from './events.ts'
import { mergeFindings } from './merges.ts'
import { sealOf, sealsOf, type SealOptions, type Seals } from './seal.ts'
import { takeRequests, type PassedOver } from './take-requests.ts'

/** What a person asks for, as a backend of yours knows it: from a card of an app, whose signature it has checked. */
export interface LeftCommand {
  /** Made where the person acts, so that what is sent twice is left once: `a–z`, `0–9` and `-`, 1 to 100 characters, since HubSpot may take small letters and capitals for one. */
  readonly id: string
  /** Id of the person everywhere in the SDK. Believed: it is yours to know who it is. */
  readonly actor: string
  /** Kind of instance, e.g. `complaint`. */
  readonly kind: string
  /** `null`: it opens one. */
  readonly instanceId: string | null
  readonly command: string
  /** JSON text of its fields. @default none */
  readonly form?: string
  readonly onBehalfOf?: string | null
  /** How many entries the person has seen. */
  readonly expectedVersion?: number | null
  /** Language of the answer, e.g. `zh-CN`. */
  readonly locale?: string | null
  /** Epoch milliseconds. */
  readonly at: number
}

/** What `createIntake` takes: how the portal is reached, and what the store is given as well. */
export interface IntakeOptions extends ClientOrConnection, SealOptions {
  readonly mapping?: HubSpotMapping
  /** Where a portal without custom objects keeps its journal, as the store has it: commands are left there, and so are their answers. @default custom objects of the portal */
  readonly journal?: JournalPort
  /** The person that a user of the portal is everywhere in the SDK; `null`: nobody. @default the id of the user */
  readonly personOf?: (userId: string) => string | null | Promise<string | null>
}

/** What became of requests. */
export interface TakenRequests {
  /** How many were left in the inbox, or were there already. */
  readonly left: number
  readonly passedOver: readonly PassedOver[]
  /** Records of governed types that went into others, which HubSpot takes back for nobody: for the one who looks after the accounts. */
  readonly merged: readonly Finding[]
}

/** The way into the inbox. Everything is done once, however often it is repeated. */
export interface Intake {
  /**
   * Leaves commands; of each the id of its record, or `null` where it was there already. @throws InvalidInputError when one has no id or instant that could be, before anything is left; StoreError when
   * one could not be left: the others may have been
   */
  readonly leave: (commands: readonly LeftCommand[]) => Promise<readonly (string | null)[]>
  /** Leaves what people asked for by the request property, as a webhook told it, and empties the property; names merges. @throws StoreError as `leave` */
  readonly take: (events: readonly HubSpotEvent[]) => Promise<TakenRequests>
}

/**
 * Leaves commands in the inbox of a portal, sealed, so that nobody who edits records there can ask in somebody's name. The store reads it with the same secret, and `processInbox` judges.
 *
 * @throws InvalidInputError when there is no secret or no id of a portal, or the mapping names what cannot be a name
 * @example
 * ```ts no-run: needs a portal
 * const portal = '12345678'
 * const intake = createIntake({ client: { accessToken: 'of an app' }, secret: 'a long random text', portal })
 * const request = { method: 'POST', url: 'https://governance.example.com/hook', headers: new Headers(), body: '[]' }
 * const verdict = readWebhook(request, { secrets: 'the client secret of the app', portals: [portal], now: Date.now() })
 * if (verdict.status === 204) await intake.take(verdict.events)
 * ```
 */
export function createIntake(options: IntakeOptions): Intake {
  const { mapping: given, journal, secret, portal, personOf = (userId: string) => userId, ...connection } = options
  const mapping = resolveMapping(given)
  const client = clientOf(connection)
  const own = journal === undefined ? client : ownRecordsIn(journal, mapping.names)
  const seals = sealsOf({ secret, portal }, mapping.names)
  const leave: Intake['leave'] = async (commands) => {
    const findings = commands.flatMap(findingsOf)
    if (findings.length > 0) throw new InvalidInputError('commands', findings)
    return leaveAll(
      own,
      mapping,
      commands.map((command) => valuesOf(seals, command)),
    )
  }
  return {
    leave,
    take: async (events) => ({
      ...(await takeRequests({ client, own, mapping, portal, leave, personOf, isHosted: journal !== undefined }, events)),
      merged: mergeFindings(mapping, portal, events),
    }),
  }
}

/** What the inbox itself could not tell afterwards. */
const findingsOf = ({ id, at }: LeftCommand, k: number): readonly Finding[] => [
  ...(/^[a-z0-9-]{1,100}$/.test(id)
    ? []
    : [
        {
          path: `${String(k)}.id`,
          code: 'format',
          message: 'no id of a command',
          remedy: 'use a–z, 0–9 and -, at most 100 characters: a UUID, or a digest',
        },
      ]),
  ...(Number.isSafeInteger(at) && at >= 0
    ? []
    : [{ path: `${String(k)}.at`, code: 'type', message: 'no instant', remedy: 'give epoch milliseconds' }]),
]

/** How often what may not have been written is sent again. */
const tries = 5

async function leaveAll(
  own: OwnRecords,
  { names }: ResolvedMapping,
  all: readonly Values[],
): Promise<readonly (string | null)[]> {
  const type = names.type('command')
  const key = names.property('command', 'command_key')
  const made = new Map<string, string | null>()
  let open = [...new Map(all.map((values) => [values[key] ?? '', values] as const)).values()]
  let error: StoreError | null = null
  for (let attempt = 1; open.length > 0 && attempt <= tries; attempt += 1) {
    const outcomes = await own.createMany(
      type,
      open.map((properties) => ({ properties })),
      key,
    )
    for (const [k, outcome] of outcomes.entries()) {
      const id = open[k]?.[key] ?? ''
      if (outcome.status === 'created') made.set(id, outcome.record.id)
      else error = outcome.error
    }
    const doubtful = open.filter((values) => !made.has(values[key] ?? ''))
    // Whatever was answered: what is there was left, now or before.
    const ids = doubtful.map((values) => values[key] ?? '')
    const there = await own.readMany(type, ids, { idProperty: key })
    for (const [k, id] of ids.entries()) if (there[k] != null) made.set(id, null)
    open = doubtful.filter((values) => !made.has(values[key] ?? ''))
    if (open.length > 0 && outcomes.some(({ status }) => status === 'refused')) break
  }
  if (open.length > 0)
    throw error ?? new StoreError('unknown_outcome', 'a command could not be left', { actions: ['Leave it again.'] })
  return all.map((values) => made.get(values[key] ?? '') ?? null)
}

function valuesOf(seals: Seals, command: LeftCommand): Values {
  const { names } = seals
  const p = (name: PropertyName<'command'>): string => names.property('command', name)
  const { id, form = '', expectedVersion = null } = command
  // A property loses white space at its ends, and a seal must not depend on that.
  const text = (value: string | null | undefined, length: number): string => cut((value ?? '').trim(), length)
  const values = {
    [p('command_key')]: text(id, 100),
    [p('kind')]: text(command.kind, 80),
    [p('instance_id')]: text(command.instanceId, 80),
    [p('command')]: text(command.command, 80),
    ...longText(p('payload'), 1, form.trim().toWellFormed(), { what: 'entry', key: id }),
    [p('expected_seq')]: expectedVersion === null ? '' : String(expectedVersion),
    [p('on_behalf_of')]: text(command.onBehalfOf, 200),
    [p('locale')]: text(command.locale, 40),
    [p('actor')]: text(command.actor, 200),
    [p('at_ms')]: String(command.at),
    [p('status')]: 'new',
    [p('accepted')]: 'false',
    [p('tries')]: '0',
  }
  return { ...values, [p('seal')]: sealOf(seals, values) }
}
