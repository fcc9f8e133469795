import { createCache, StoreError, type Directory } from '@ka-governance/core'
import type { HubSpotClient, NewAssociation } from '../client.ts'
import { readOwners } from '../directory/owners.ts'
import type { PersonId } from '../directory/options.ts'
import { typeNamed } from '../schema.ts'

/** What tasks and notes need beside the records. */
export interface ActivityTools {
  readonly directory: Directory | null
  /** Whether effects are kept by the host: then nothing of the portal can be linked with them. */
  readonly isHosted: boolean
  /** The id that records hold of a person; `null`: no active user is known as that, or several are. */
  readonly ownerOf: (person: string) => Promise<string | null>
  /** The kind of link from a task or note to a type. @throws StoreError when the portal knows none */
  readonly linkTo: (from: 'tasks' | 'notes', to: string) => Promise<Omit<NewAssociation, 'to'>>
}

/** Numbers of HubSpot's own links, the same in every portal. */
const known = {
  tasks: { companies: 192, deals: 216, tickets: 230 },
  notes: { companies: 190, deals: 214, tickets: 228 },
} as const satisfies { readonly [from: string]: { readonly [to: string]: number } }

/** How long people and kinds of links are kept, in milliseconds. */
const kept = { people: 60_000, links: 3_600_000 } as const

export function createActivityTools(options: {
  readonly client: HubSpotClient
  readonly directory: Directory | null
  readonly personId: PersonId
  readonly isHosted: boolean
  readonly now: () => number
}): ActivityTools {
  const { client, directory, personId, isHosted, now } = options
  const people = createCache<ReadonlyMap<string, string | null>>({ ms: kept.people, size: 1, clock: now })
  const links = createCache<Omit<NewAssociation, 'to'>>({ ms: kept.links, size: 50, clock: now })

  async function readPeople(): Promise<ReadonlyMap<string, string | null>> {
    const found = new Map<string, string | null>()
    for (const { id, person } of await readOwners(client, personId))
      if (person !== null) found.set(person, found.has(person) ? null : id)
    return found
  }

  async function readLink(from: 'tasks' | 'notes', to: string): Promise<Omit<NewAssociation, 'to'>> {
    const found = linkIn(await client.get(`/crm/associations/{version}/${from}/${encodeURIComponent(to)}/labels`))
    if (found !== null) return found
    throw new StoreError('forbidden', `HubSpot knows no link from ${from} to ${to}`, {
      actions: ['Let records of the type be linked with tasks and notes in the settings of the portal.'],
    })
  }

  return {
    directory,
    isHosted,
    ownerOf: async (person) => (await people.get('', readPeople)).get(person) ?? null,
    linkTo: async (from, to) => {
      const numbers: { readonly [to: string]: number } = known[from]
      const typeId = numbers[typeNamed(to)]
      if (typeId !== undefined) return { typeId, category: 'HUBSPOT_DEFINED' }
      return links.get(`${from} ${to}`, () => readLink(from, to))
    },
  }
}

const isCategory = (value: unknown): value is NewAssociation['category'] =>
  value === 'HUBSPOT_DEFINED' || value === 'USER_DEFINED' || value === 'INTEGRATOR_DEFINED'

/** The plain kind of link among those that the portal knows: the one without a name. */
export function linkIn(body: unknown): Omit<NewAssociation, 'to'> | null {
  const { results } = (body ?? {}) as { readonly results?: unknown }
  for (const each of Array.isArray(results) ? (results as readonly unknown[]) : []) {
    const { typeId, category, label } = (each ?? {}) as { readonly [name: string]: unknown }
    if (typeof typeId === 'number' && isCategory(category) && (label === null || label === undefined)) return { typeId, category }
  }
  return null
}
