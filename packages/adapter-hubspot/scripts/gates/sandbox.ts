// Types and properties for one run against a portal, and taking all of it away again.
import { StoreError } from '@ka-governance/core'
import type { Created, HubSpotClient, Values } from '@ka-governance/adapter-hubspot'

/** Where gates are tried: a custom object of their own, and a unique property on tickets. */
export interface Sandbox {
  readonly client: HubSpotClient
  /** The custom object, as a path names it: `gate_key` and `gate_second` are unique, `gate_text` is long. */
  readonly type: string
  /** The unique property on tickets. */
  readonly ticketKey: string
  /** What a ticket of the portal cannot be made without. */
  readonly ticketStage: Values
  readonly sleep: (ms: number) => Promise<unknown>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** How many requests were answered with a status so far; without one, all. */
  readonly answered: (status?: number) => number
  /** A value that nothing in this run has had. */
  readonly fresh: () => string
  /** Makes a ticket, which is taken away at the end whatever happens in between. */
  readonly ticket: (key: string) => Promise<Created>
  /** Makes a definition, which is deleted at the end: those that were made last are deleted first. What fails then is told as left behind. */
  readonly define: Define
}

type Define = (what: string, made: { readonly by: string; readonly body: unknown; readonly at: string }) => Promise<unknown>

export interface SandboxOptions {
  readonly client: HubSpotClient
  readonly sleep: Sandbox['sleep']
  readonly now: Sandbox['now']
  readonly answered: Sandbox['answered']
}

/** Definitions are shown a moment after they were made. */
const looks = { times: 40, ms: 500 } as const

const line = (name: string, unique: boolean) => ({
  ...{ name, label: name, type: 'string', fieldType: 'text', formField: false },
  ...(unique ? { hasUniqueValue: true } : {}),
})

const schemaOf = (name: string, suffix: string) => ({
  name,
  labels: { singular: `Gate ${suffix}`, plural: `Gates ${suffix}` },
  primaryDisplayProperty: 'gate_title',
  requiredProperties: [],
  searchableProperties: ['gate_title'],
  secondaryDisplayProperties: [],
  properties: [
    line('gate_title', false),
    line('gate_key', true),
    line('gate_second', true),
    { ...line('gate_text', false), fieldType: 'textarea' },
  ],
  associatedObjects: ['0-2'],
})

/** Runs the work in a sandbox. Nothing of it stays in the portal; `left` names what could not be taken away. */
export async function inSandbox(
  { client, sleep, now, answered }: SandboxOptions,
  work: (sandbox: Sandbox) => Promise<void>,
): Promise<{ readonly left: readonly string[] }> {
  const suffix = now().toString(36)
  const name = `kag_gate_${suffix}`
  const type = `p_${name}`
  const keys = new Set<string>()
  const undo: (readonly [what: string, step: () => Promise<unknown>])[] = []
  const left: string[] = []
  let counter = 0
  const define: Define = async (what, { by, body, at }) => {
    const later = (): void => void undo.push([what, () => client.send('DELETE', at)])
    try {
      const answer = await client.send('POST', by, body)
      later()
      return answer
    } catch (error) {
      const isThere = error instanceof StoreError && error.details['status'] === 409
      // Without an answer it may be there; nobody but this run has made anything of the name.
      if (isThere || !(error instanceof StoreError) || error.code === 'unavailable') later()
      if (isThere) return client.get(at)
      throw error
    }
  }
  const ofTickets = '/crm/properties/{version}/tickets'
  try {
    await define(`custom object ${name}`, {
      by: '/crm-object-schemas/{version}/schemas',
      body: schemaOf(name, suffix),
      at: `/crm-object-schemas/{version}/schemas/${type}`,
    })
    undo.push([`records of ${name}`, () => archiveAll(client, type)])
    const group = { by: `${ofTickets}/groups`, body: { name, label: `Gate ${suffix}` }, at: `${ofTickets}/groups/${name}` }
    await define(`group ${name} of tickets`, group)
    const property = { by: ofTickets, body: { ...line(name, true), groupName: name }, at: `${ofTickets}/${name}` }
    await define(`property ${name} of tickets`, property)
    undo.push(['tickets', () => archiveTickets(client, name, keys)])
    await shown(sleep, () => client.get(`/crm-object-schemas/{version}/schemas/${type}`))
    await shown(sleep, () => client.get(`${ofTickets}/${name}`))
    const ticketStage = await firstStage(client)
    const ticket = (key: string): Promise<Created> => {
      keys.add(key)
      return client.create('tickets', { properties: { subject: `Gate ${suffix}`, [name]: key, ...ticketStage } })
    }
    const fresh = (): string => `gate-${suffix}-${String((counter += 1)).padStart(6, '0')}`
    await work({
      client,
      type,
      ticketKey: name,
      ticketStage,
      sleep,
      now,
      answered,
      fresh,
      ticket,
      define,
    })
  } catch (error) {
    await takeAway()
    throw left.length === 0 ? error : new Error(`left behind: ${left.join('; ')}`, { cause: error })
  }
  await takeAway()
  return { left }

  async function takeAway(): Promise<void> {
    for (const [what, step] of undo.reverse())
      await step().catch((error: unknown) => {
        // What was never made is not left behind.
        if (error instanceof StoreError && error.details['status'] === 404) return
        left.push(`${what}: ${error instanceof Error ? error.message : 'unknown'}`)
      })
  }
}

async function archiveAll(client: HubSpotClient, type: string): Promise<void> {
  const ids: string[] = []
  for await (const { id } of client.list(type, { properties: [] })) ids.push(id)
  await client.archiveMany(type, ids)
}

/** By their keys: also those of which no answer told. Of two with one key each look finds one. */
async function archiveTickets(client: HubSpotClient, idProperty: string, keys: ReadonlySet<string>): Promise<void> {
  for (let look = 0; look < looks.times; look += 1) {
    const found = (await client.readMany('tickets', [...keys], { idProperty })).filter((each) => each !== null)
    if (found.length === 0) return
    await client.archiveMany(
      'tickets',
      found.map(({ id }) => id),
    )
  }
}

async function shown(sleep: Sandbox['sleep'], look: () => Promise<unknown>): Promise<void> {
  for (let k = 0; k < looks.times; k += 1) {
    if ((await look()) !== null) return
    await sleep(looks.ms)
  }
  throw new Error('a definition that was made is not shown')
}

/** The first stage of the first pipeline; a portal without pipelines wants none that exists. */
async function firstStage(client: HubSpotClient): Promise<Values> {
  const answer = (await client.get('/crm/pipelines/{version}/tickets')) as {
    readonly results?: readonly { readonly id: string; readonly stages: readonly { readonly id: string }[] }[]
  } | null
  const pipeline = answer?.results?.[0]
  return { hs_pipeline: pipeline?.id ?? '0', hs_pipeline_stage: pipeline?.stages[0]?.id ?? '1' }
}
