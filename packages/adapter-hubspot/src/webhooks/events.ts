import { defaultHost, pairKey } from '@ka-governance/core'

/** Something that happened in a portal, as a webhook tells it. The value is what it was then: the record may show another by now. */
export interface HubSpotEvent {
  /** The same for the same happening, however often it is told: of portal, record, property, instant and value. HubSpot's own number is none. */
  readonly id: string
  /** `propertyChange`, `creation`, `deletion`, `merge`, `restore`, `associationChange`. */
  readonly what: string
  readonly portalId: string
  /** `0-5`, `2-3604285`. */
  readonly objectTypeId: string
  readonly objectId: string
  readonly property: string | null
  readonly value: string
  /** Epoch milliseconds. */
  readonly at: number
  /** `CRM_UI`, `INTEGRATION`, `API`, … */
  readonly source: string
  /** Id of the user who did it by hand; `null`: nobody did, or it is not said who. */
  readonly userId: string | null
  /** The record that a merge left, perhaps a new one; else `null`. */
  readonly mergedInto: string | null
  /** The records that went into it; else none. */
  readonly mergedFrom: readonly string[]
}

/** What a webhook may hold at most, by HubSpot's own word. */
export const mostEvents = 100

type Given = { readonly [name: string]: unknown }

/** Names that webhooks of older apps have for types. */
const typeIds: { readonly [name: string]: string } = {
  contact: '0-1',
  company: '0-2',
  deal: '0-3',
  ticket: '0-5',
  product: '0-7',
  line_item: '0-8',
}

/**
 * The events of a body, in order of their instants, each once: HubSpot sends them in any order and may send them again. What cannot be read is counted and left out, so that it does not hold up
 * what can. `null`: the body is no list of at most 100.
 */
export function eventsOf(body: string): { readonly events: readonly HubSpotEvent[]; readonly unreadable: number } | null {
  const given = parsed(body)
  if (!Array.isArray(given) || given.length > mostEvents) return null
  const events = (given as readonly unknown[]).map(eventOf)
  const known = new Map(events.flatMap((event) => (event === null ? [] : [[event.id, event] as const])))
  return {
    events: [...known.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    unreadable: events.filter((event) => event === null).length,
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function eventOf(value: unknown): HubSpotEvent | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as Given
  const [of, what] = textIn(given, 'subscriptionType').split('.')
  const objectTypeId = textIn(given, 'objectTypeId') || (of !== undefined && Object.hasOwn(typeIds, of) ? typeIds[of] : '') || ''
  const [portalId, objectId, at] = [idIn(given, 'portalId'), idIn(given, 'objectId'), given['occurredAt']]
  if (what === undefined || what === '' || !/^\d+-\d+$/.test(objectTypeId)) return null
  if (portalId === null || objectId === null || typeof at !== 'number' || !Number.isSafeInteger(at)) return null
  const property = textIn(given, 'propertyName') || null
  const text = textIn(given, 'propertyValue')
  const parts = [portalId, objectTypeId, objectId, what, property ?? '', String(at), text]
  return {
    id: defaultHost.sha256(parts.reduce((all, part) => pairKey(all, part))),
    what,
    portalId,
    objectTypeId,
    objectId,
    property,
    value: text,
    at,
    source: textIn(given, 'changeSource'),
    userId: /^userId:(\d{1,20})$/.exec(textIn(given, 'sourceId'))?.[1] ?? null,
    ...(what === 'merge' ? mergeIn(given, objectId) : { mergedInto: null, mergedFrom: [] }),
  }
}

/** Where a merge made a new record, the one that won has gone into it as well. */
function mergeIn(given: Given, objectId: string): Pick<HubSpotEvent, 'mergedInto' | 'mergedFrom'> {
  const primary = idIn(given, 'primaryObjectId')
  const into = idIn(given, 'newObjectId') ?? primary
  const list = given['mergedObjectIds']
  const told = Array.isArray(list) ? (list as readonly unknown[]).flatMap((id) => idOf(id) ?? []) : []
  const from = new Set(
    [...(told.length === 0 ? [objectId] : told), ...(primary === null ? [] : [primary])].filter((id) => id !== into),
  )
  return { mergedInto: into, mergedFrom: into === null ? [] : [...from] }
}

function textIn(given: Given, name: string): string {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Ids are numbers in one place and texts in another; one that JSON has rounded is another record's. */
const idIn = (given: Given, name: string): string | null => idOf(given[name])

function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : null
}
