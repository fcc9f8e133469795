import type { Policy } from './schema.ts'

/** Records whose keys come from people: they are looked up by ids that arrive in commands. */
const records: ReadonlySet<string> = new Set([
  'calendars',
  'calendar.byRegion',
  'departments',
  'admission.leadSources',
  'admission.classes',
  'directory.people',
  'authority',
  'classes',
  'complaint.reworkNatures',
  'complaint.channels',
  'sla.pauseReasons',
])

const harden = (value: unknown, path: string): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Object.freeze(value.map((item) => harden(item, `${path}[]`)))
  const target: Record<string, unknown> = records.has(path) ? (Object.create(null) as Record<string, unknown>) : {}
  for (const [key, member] of Object.entries(value)) target[key] = harden(member, path === '' ? key : `${path}.${key}`)
  return Object.freeze(target)
}

/**
 * A policy is shared by every instance that pins it, so nobody may change it; and its records have no prototype, so that
 * `policy.departments['constructor']` is `undefined` and not a function.
 */
export function hardenPolicy(policy: Policy): Policy {
  return harden(policy, '') as Policy
}
