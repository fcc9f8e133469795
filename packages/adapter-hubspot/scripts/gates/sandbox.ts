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
}

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

/** Runs the work in a sandbox. Nothing of it stays in the portal; `left` names what could not be taken away. */
export async function inSandbox(
  { client, sleep, now, answered }: SandboxOptions,
  work: (sandbox: Sandbox) => Promise<void>,
): Promise<{ readonly left: readonly string[] }> {
  const suffix = now().toString(36)
  const name = `kag_gate_${suffix}`
  const type = `p_${name}`
  const tickets: string[] = []
  const undo: (readonly [what: string, step: () => Promise<unknown>])[] = []
  const left: string[] = []
  let counter = 0
  try {
    undo.push([`custom object ${name}`, () => client.send('DELETE', `/crm-object-schemas/{version}/schemas/${type}`)])
    await client.send('POST', '/crm-object-schemas/{version}/schemas', {
      name,
      labels: { singular: `Gate ${suffix}`, plural: `Gates ${suffix}` },
      primaryDisplayProperty: 'gate_title',
      requiredProperties: [],
      searchableProperties: ['gate_title'],
      secondaryDisplayProperties: [],
      properties: [
        { ...line('gate_title', false), formField: undefined },
        line('gate_key', true),
        line('gate_second', true),
        { ...line('gate_text', false), fieldType: 'textarea' },
      ],
      associatedObjects: ['0-2'],
    })
    undo.push([`records of ${name}`, () => archiveAll(client, type)])
    undo.push([`group ${name} of tickets`, () => client.send('DELETE', `/crm/properties/{version}/tickets/groups/${name}`)])
    await client.send('POST', '/crm/properties/{version}/tickets/groups', { name, label: `Gate ${suffix}` })
    undo.push([`property ${name} of tickets`, () => client.send('DELETE', `/crm/properties/{version}/tickets/${name}`)])
    await client.send('POST', '/crm/properties/{version}/tickets', { ...line(name, true), groupName: name })
    undo.push(['tickets', () => client.archiveMany('tickets', tickets)])
    await shown(sleep, () => client.get(`/crm-object-schemas/{version}/schemas/${type}`))
    await shown(sleep, () => client.get(`/crm/properties/{version}/tickets/${name}`))
    const ticketStage = await firstStage(client)
    const ticket = async (key: string): Promise<Created> => {
      const made = await client.create('tickets', { properties: { subject: `Gate ${suffix}`, [name]: key, ...ticketStage } })
      if (made.status === 'created') tickets.push(made.record.id)
      return made
    }
    const fresh = (): string => `gate-${suffix}-${String((counter += 1)).padStart(6, '0')}`
    await work({ client, type, ticketKey: name, ticketStage, sleep, now, answered, fresh, ticket })
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
