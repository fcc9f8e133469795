import type { Catalogue } from '../catalogue.ts'

const accounts = (count: string, one: boolean): string => `${count} ${one ? 'account' : 'accounts'}`

export const simulation: Catalogue['simulation'] = {
  headline: (draft, inForce, cycle) =>
    `What ${draft} would do in cycle ${cycle}, ${inForce === null ? 'with no policy in force before' : `compared with ${inForce}`}; nothing was changed`,
  onlySome: 'Of some accounts only: no evidence where the policy wants a what-if of all of them.',
  accounts: (total, one, parts) => `${accounts(total, one)}: ${parts}`,
  parts: {
    assessed: (count) => `${count} assessed`,
    provisional: (count) => `${count} provisional`,
    notAssessed: (count) => `${count} not assessed`,
    failed: (count) => `${count} failed`,
  },
  leftOut: {
    notGoverned: (count, one) => `${accounts(count, one)} left out: no review takes ${one ? 'it' : 'them'}`,
    inGroups: (count, one) => `${accounts(count, one)} ${one ? 'follows' : 'follow'} the tier of the group`,
  },
  nobody: 'No account would move.',
  movers: (count, one, parts) => `${accounts(count, one)} would move: ${parts}`,
  reclassified: (count, one, parts) => `${accounts(count, one)} would be in another class without moving in this cycle: ${parts}`,
  ways: { up: (count) => `${count} up`, down: (count) => `${count} down`, assigned: (count) => `${count} with a first tier` },
  mover: (name, from, to, amount) => `${name}: ${from} → ${to}${amount === null ? '' : ` (${amount})`}`,
  none: 'none',
  because: (number, name, before, after, actual) =>
    `  ${number} · ${name}: ${before} → ${after}${actual === null ? '' : `; the account: ${actual}`}`,
  more: (count) => `… and ${count} more`,
  row: (from, to) => `From ${from}: ${to}`,
  cell: (count, tier) => `${count} to ${tier}`,
  sales: (tier, before, after) => `${tier}: ${before} → ${after}`,
  salesOf: (count, one, amount) => `${accounts(count, one)} with ${amount}`,
  tierFull: (tier, count, limit) => `${tier} would have ${count} accounts; at most ${limit} are allowed`,
  managerFull: (manager, count, limit) => `${manager} looks after ${count} key accounts; at most ${limit} are allowed`,
  sensitivity: 'Each threshold moved alone:',
  threshold: (number, name, percent, value) => `${number} ${percent} (${name}: ${value})`,
  moves: (count, one, parts) => `moves ${accounts(count, one)}${parts === '' ? '' : `: ${parts}`}`,
  insensitive: 'No threshold moves an account when it is moved alone.',
  open: (count, one, kinds) => `${count} open ${one ? 'instance' : 'instances'}: ${kinds}`,
  clocks: ({ earlier, later, overdue }) => `Clocks: ${earlier} due earlier, ${later} due later, ${overdue} overdue at once`,
  clocksSame: 'No open clock would be due at another time.',
  approvals: (changed, belowQuorum) =>
    `Approvals under way: ${changed} would ask other people, ${belowQuorum} would find too few people to be approved`,
  approvalsSame: 'No approval under way would ask other people.',
  rebate: (year, before, after) => `Rebates of ${year}: ${before === null ? after : `${before} → ${after}`}`,
  failure: (account, why) => `${account} could not be simulated: ${why}`,
  reasons: {
    facts_missing: () => 'the CRM has no facts of it',
    facts_malformed: (field) => `its facts cannot be read at ${field}`,
  },
  changes: (count, one) => `The draft differs in ${count} ${one ? 'place' : 'places'}`,
}
