/** Where an account-scoped role is asked for. */
export interface DirectoryScope {
  readonly accountId?: string
}

/** A dated delegation: `to` may act for `from`. */
export interface Delegation {
  readonly from: string
  readonly to: string
  readonly since: number
  /** Exclusive. */
  readonly until: number
}

/** A dated delegation as configuration: local dates, both included. */
export interface FixedDelegation {
  /** Whose rights are lent. */
  readonly from: string
  /** Who may act. */
  readonly to: string
  /** First day. */
  readonly since: string
  /** Last day. */
  readonly until: string
}

/**
 * Who is who. An actor is an id; roles are resolved here and never asserted by the caller. An unknown person has no roles (not an error); a
 * directory that cannot answer throws `StoreError` `unavailable`, and the command fails closed.
 */
export interface Directory {
  /** Roles at that instant, in that scope. Empty: unknown person or none. */
  rolesOf(person: string, scope: DirectoryScope, at: number): Promise<readonly string[]>
  /** People who hold the role at that instant, in a stable order. */
  members(role: string, scope: DirectoryScope, at: number): Promise<readonly string[]>
  /** Delegations *to* the person that hold at that instant. */
  delegations(person: string, at: number): Promise<readonly Delegation[]>
  /** The person's superior, for escalation; `null` when there is none. */
  superiorOf(person: string, at: number): Promise<string | null>
}

/** How long a directory may keep what it read outside, and how much of it. */
export interface DirectoryCacheOptions {
  /** How long an answer may be old, in milliseconds: so long a right that was taken away may last. 0: asked each time. @default 60000 */
  readonly cacheMs?: number
  /** Most answers of a sort (accounts, people) that are kept. @default 1000 */
  readonly cacheSize?: number
  /** Epoch milliseconds, for the age of what is kept. @default the host's clock */
  readonly clock?: () => number
}
