import { StoreError } from '@ka-governance/core'
import type { HubSpotClient } from '../client.ts'
import type { PersonId } from './options.ts'

/** A team, as a member of it shows it. */
export interface Team {
  readonly id: string
  readonly name: string
  /** Whether it is the main team of this member. */
  readonly primary: boolean
}

/** An active user of the portal who can own records. */
export interface Owner {
  /** As records hold it. */
  readonly id: string
  /** As the SDK knows the person; `null`: the portal says none. */
  readonly person: string | null
  readonly teams: readonly Team[]
}

/** Most owners of a page. */
const atOnce = 500

/** Everybody who is active; queues of a help desk own tickets too, and are nobody. @throws StoreError `corrupt_record` for an owner that cannot be read */
export async function readOwners(client: HubSpotClient, personId: PersonId): Promise<readonly Owner[]> {
  const owners: Owner[] = []
  for await (const row of client.pages('/crm/owners/{version}', { limit: atOnce, archived: false })) {
    const given = (row ?? {}) as { readonly [name: string]: unknown }
    const id = textIn(given, 'id')
    if (id === null) throw unreadable
    if (given['archived'] === true || given['type'] === 'QUEUE') continue
    owners.push({ id, person: personId === 'ownerId' ? id : textIn(given, personId), teams: teamsIn(given['teams']) })
  }
  return owners
}

function teamsIn(value: unknown): readonly Team[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw unreadable
  return (value as readonly unknown[]).map((each) => {
    const given = (each ?? {}) as { readonly [name: string]: unknown }
    const id = textIn(given, 'id')
    // A team left out would be a role left out.
    if (id === null) throw unreadable
    return { id, name: textIn(given, 'name') ?? '', primary: given['primary'] === true }
  })
}

/** Ids are texts in one place and numbers in another. */
function textIn(given: { readonly [name: string]: unknown }, name: string): string | null {
  const value = given[name]
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  return typeof value === 'string' && value !== '' ? value : null
}

const unreadable = new StoreError('corrupt_record', 'HubSpot answered an owner that cannot be read', {
  actions: ['Read /crm/owners of the portal and compare it with the documentation of the API.'],
})
