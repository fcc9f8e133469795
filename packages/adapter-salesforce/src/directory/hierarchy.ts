import type { Row } from '../client.ts'
import { put, text } from './rows.ts'

/** The roles of the org, as a tree. */
export interface Hierarchy {
  /** Name in small letters → record id, of roles of the company itself. */
  readonly ids: ReadonlyMap<string, string>
  /** The role and all below it, on request without those of portals. */
  readonly below: (id: string, internal?: boolean) => readonly string[]
}

/** Rows of `UserRole`. A tree that runs in a circle ends where it began. */
export function createHierarchy(rows: readonly Row[]): Hierarchy {
  const children = new Map<string, Row[]>()
  for (const row of rows) put(children, text(row, 'ParentRoleId'), row)
  return {
    // Roles of portals may have the name of one of the company.
    ids: new Map(rows.filter(isInternal).map((row) => [text(row, 'DeveloperName').toLowerCase(), text(row, 'Id')])),
    below: (id, internal = false) => {
      const all = new Set([id])
      // What is added on the way is walked as well.
      for (const each of all)
        for (const child of children.get(each) ?? []) if (!internal || isInternal(child)) all.add(text(child, 'Id'))
      return [...all]
    },
  }
}

const isInternal = (row: Row): boolean => text(row, 'PortalType') === '' || text(row, 'PortalType') === 'None'
