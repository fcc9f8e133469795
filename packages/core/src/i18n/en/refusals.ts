import type { Catalogue } from '../catalogue.ts'
import { isAnyRole, isNone, partOf } from '../words.ts'

export const refusals: Catalogue['refusals'] = {
  command_not_available: ({ required, actual }, w) =>
    isNone(required)
      ? `this is possible in no state; the present state is ${w.state(actual)}`
      : `this is possible in ${w.any(required, w.state)}; the present state is ${w.state(actual)}`,
  role_required: ({ required, actual }, w) =>
    isNone(required)
      ? 'only the system itself does this'
      : `this needs ${w.any(required, w.role)}; the sender is ${isNone(actual) ? 'without a role' : w.all(actual, w.role)}`,
  actor_without_roles: ({ required, actual }, w) =>
    `${w.person(actual)} has no role here; this needs ${isAnyRole(required) ? 'a role' : w.any(required, w.role)}`,
  person_barred: ({ actual }, w) => {
    const because = partOf(actual, 'because')
    const why = because === 'named' ? 'named in the complaint' : w.value(because)
    return because === null ? `${w.person(actual)} is barred` : `${w.person(partOf(actual, 'person'))} is barred: ${why}`
  },
  maker_is_checker: ({ actual }, w) => `${w.person(actual)} has made what is to be checked`,
  not_an_elector: ({ required, actual }, w) =>
    Array.isArray(required) && required.length > 0
      ? `${w.person(actual)} is no approver here; the approvers are ${w.all(required, w.person)}`
      : `${w.person(actual)} is no approver here`,
  elector_exists: ({ actual }, w) =>
    `${w.person(partOf(actual, 'person') ?? actual)} is an approver of the stage ${w.term(partOf(actual, 'stage'))} already`,
  empty_electorate: ({ required }, w) => {
    const [role, electors] = [partOf(required, 'role'), partOf(required, 'electors')]
    const missing = role === null ? `${w.value(electors)} approvers who may decide` : `anybody who may decide as ${w.role(role)}`
    return `the stage ${w.term(partOf(required, 'stage'))} lacks ${missing}`
  },
  delegation_invalid: ({ required, actual }, w) =>
    `there is no valid delegation from ${w.person(partOf(required, 'from'))} to ${w.person(partOf(required, 'to'))}${actual === null ? '' : ` (${w.phrase(actual)})`}`,
  approval_closed: ({ required, actual }, w) =>
    actual === null
      ? 'no approval is under way'
      : required === 'open' || required === null
        ? `the approval is not open; it stands at ${w.term(actual)}`
        : `${w.approval(actual)} is not under way; ${w.any(required, w.approval)} can be`,
  basis_required: () => 'it is not stated what was judged',
  basis_changed: () => 'it has changed since it was read',
  version_changed: ({ required, actual }, w) => `version ${w.value(required)} was read; by now it is version ${w.value(actual)}`,
  idempotency_key_reused: ({ actual }, w) => `the key ${w.value(actual)} was used for another command before`,
  field_missing: ({ required }, w) => `${w.field(required)} is missing`,
  value_not_allowed: ({ required, actual, remedy }, w) => {
    const field = remedy?.kind === 'change' ? `${w.field(remedy.field)} is ` : ''
    return Array.isArray(required)
      ? isNone(required)
        ? `${field}${w.term(actual)}; nothing may be given here`
        : `${field}${w.term(actual)}; allowed: ${w.any(required, w.term)}`
      : `${field}${w.term(actual)} is not accepted; needed: ${w.term(required)}`
  },
  value_too_small: ({ required, actual }, w) =>
    `it is ${w.value(actual)}; it must be ${typeof required === 'string' ? 'not before' : 'at least'} ${w.value(required)}`,
  value_too_large: ({ required, actual }, w) =>
    `it is ${w.value(actual)}; ${typeof required === 'string' ? 'the latest' : 'the most'} allowed is ${w.value(required)}`,
  too_early: ({ rule, required, actual }, w) => {
    const passed = partOf(required, 'passed')
    if (passed !== null) return `the stage ${w.term(actual)} waits for ${w.all(passed, w.term)}`
    const [limit, given] = w.instants(required, actual)
    return rule === 'mayBackdateReceipt'
      ? `a receipt of that time could be entered until ${limit}; it is ${given} now`
      : `not before ${limit}; it is ${given}`
  },
  too_late: ({ required, actual }, w) => {
    const [limit, given] = w.instants(required, actual)
    return `at the latest ${limit}; it is ${given}`
  },
  limit_reached: ({ required, actual }, w) => `the limit is reached: ${w.value(required)} allowed, ${w.value(actual)} there`,
  not_found_in_instance: ({ required, actual }, w) =>
    isNone(required)
      ? `there is no ${w.term(actual)} here`
      : `there is no ${w.term(actual)} here; there is ${w.all(required, w.term)}`,
  already_done: ({ actual }, w) => {
    const elector = partOf(actual, 'elector')
    if (elector !== null) return `${w.person(elector)} has voted in the stage ${w.term(partOf(actual, 'stage'))} already`
    return typeof actual === 'string' ? `it has been done already (${w.value(actual)})` : 'it has been done already'
  },
  clock_not_running: ({ required, actual }, w) =>
    actual === null ? `the clock ${w.clock(required)} is not running` : `the clock is not running; it is ${w.term(actual)}`,
  clock_not_pausable: ({ actual }, w) => `the clock ${w.clock(actual)} never pauses`,
  clock_not_paused: () => 'the clock is not paused',
  pause_cap_reached: ({ required, actual }, w) =>
    `the pauses of ${w.budget(required)} in all are used up, after ${w.value(actual)} of them`,
  clock_breached: ({ required, actual }, w) => {
    const [due, now] = w.instants(required, actual)
    return `it was due at ${due}; it is ${now}`
  },
  open_elsewhere: ({ actual }, w) => `${w.value(actual)} is still open`,
  account_unknown: ({ required, actual }, w) =>
    required === 'facts'
      ? `there are no purchases and facts on record for ${w.value(actual)}`
      : `the customer ${w.value(actual)} is not known`,
  account_not_active: ({ required, actual }, w) =>
    required === null
      ? `the relation with this customer is over; its state is ${w.state(actual)}`
      : `this customer was merged; it goes on as ${w.value(required)}`,
  quota_exceeded: ({ required, actual }, w) => `it would be ${w.value(actual)}; at most ${w.value(required)} are allowed`,
  nothing_to_change: ({ actual }, w) =>
    actual === null
      ? 'there is nothing to be erased here'
      : typeof actual === 'number'
        ? `version ${w.value(actual)} of the baseline says the same`
        : `${w.tier(actual)} is what stands already`,
  rate_missing: ({ required }, w) =>
    `there is no exchange rate from ${w.value(partOf(required, 'from'))} to ${w.value(partOf(required, 'to'))} on ${w.value(partOf(required, 'date'))}`,
  condition_open: ({ required, actual }, w) => `the condition ${w.value(actual)}, due ${w.instant(required)}, is open`,
  approval_missing: ({ required, actual }, w) => {
    const [limit, given] = [w.money(required), w.money(actual)]
    return limit === null || given === null
      ? 'the approval is not there yet'
      : `the approval of ${given} is not there yet; without one at most ${limit} is allowed`
  },
  baseline_changed: ({ required, actual }, w) =>
    `it was approved on version ${w.value(required)} of the baseline; by now it is version ${w.value(actual)}`,
  project_unknown: ({ actual }, w) => `the project ${w.value(actual)} is not known`,
  project_not_active: ({ actual }, w) => `the project has no baseline in force; its state is ${w.state(actual)}`,
  policy_invalid: ({ required, actual }, w) =>
    `${w.finding(partOf(actual, 'code'))}: ${w.value(partOf(actual, 'message'))}; ${w.value(required)}`,
  policy_not_in_force: ({ required, actual }, w) =>
    required === null
      ? `no version of the policy is in force${actual === null ? '' : `; given was ${w.value(actual)}`}`
      : `version ${w.value(required)} of the policy is in force${actual === null ? '' : `, not ${w.value(actual)}`}`,
  version_taken: ({ actual }, w) => `version ${w.value(actual)} stands in the registry with another text`,
  version_not_above: ({ required, actual }, w) => `version ${w.value(actual)} is not above ${w.value(required)}`,
  day_taken: ({ required, actual }, w) =>
    `${w.value(actual)} is taken: version ${w.value(required)} takes force on that day or later`,
  what_if_missing: ({ required }, w) =>
    required === null
      ? 'there is no what-if of this draft'
      : `there is no what-if of this draft against version ${w.value(required)}, which is in force`,
  what_if_invalid: ({ required, actual }, w) =>
    required !== null
      ? `the what-if has ${w.value(actual)} characters; at most ${w.value(required)} are kept: list fewer accounts`
      : actual === ''
        ? 'this is not what a simulation returned'
        : `this is not what a simulation returned: see ${w.value(actual)}`,
  what_if_partial: () => 'the what-if is of some accounts only; a what-if of all is required',
  not_movable: ({ parameter, required, actual }, w) =>
    parameter === 'calendars'
      ? `the new version lacks the calendar ${w.value(actual)} by which it counts`
      : required === 'open'
        ? `it is closed; its state is ${w.state(actual)}`
        : `it is under the policy ${w.value(required)}, not ${w.value(actual)}`,
  nothing_differs: () => 'the visible records show what the journal says',
  not_acceptable: ({ required, actual }, w) => {
    const shown = partOf(actual, 'shown')
    const what = shown === null ? 'as it is now' : `as ${w.value(shown)}`
    const way = isNone(required) ? '' : `; the way there is ${w.any(required, w.command)}`
    return `${w.value(partOf(actual, 'field'))} cannot be accepted ${what}${way}`
  },
}

export const remedies: Catalogue['remedies'] = {
  fill: ({ field }, w) => `Fill in ${w.field(field)}.`,
  ask: ({ roles }, w) =>
    isNone(roles)
      ? 'Nothing can be done by hand.'
      : isAnyRole(roles)
        ? 'Ask whoever keeps the directory of people for a role.'
        : `Ask ${w.any(roles, w.role)}.`,
  wait: ({ until }, w) => `Wait until ${w.instant(until)}.`,
  send: ({ command }, w) => `Next step: ${w.command(command)}.`,
  change: ({ field, to }, w) =>
    to === null ? `Change ${w.field(field)}.` : `Change ${w.field(field)}, for example to ${w.term(to)}.`,
  reload: () => 'Reload and look again.',
}
