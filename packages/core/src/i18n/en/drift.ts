import type { Catalogue } from '../catalogue.ts'

export const drift = {
  drift: {
    head: (kind, instance, account, clause) =>
      `${kind} ${instance}${account === null ? '' : ` of account ${account}`}: changed around the process [${clause}]`,
    unreadable: (kind, instance, problem) => `${kind} ${instance}: cannot be read; ${problem}`,
    record: (record, by, at) =>
      by === null && at === null
        ? record
        : `${record}, last changed${by === null ? '' : ` by ${by}`}${at === null ? '' : ` on ${at}`}`,
    missing: 'the record is deleted, or no longer found under its key',
    field: (field, part, shown, governed) =>
      `${field}${part === null ? '' : ` (${part})`} shows ${shown}; governed is ${governed}`,
    step: (kind, command, clause, approval, who) =>
      approval === null
        ? `gone round: ${kind}, ${command} [${clause}], for ${who}`
        : `gone round: ${kind}, ${command} [${clause}], approval by ${who}`,
    noStep: 'no command of the process brings this about',
    acceptable: 'it can be repaired, or accepted: then those who decide are asked',
    repairable: 'it can be repaired',
    parts: {
      accountId: 'account',
      state: 'state',
      open: 'open',
      owner: 'has to act',
      nextDueAt: 'due',
      nextDue: 'what is due',
      noDueReason: 'why nothing is due',
      openedAt: 'opened',
      updatedAt: 'last changed',
    },
  },
} satisfies Pick<Catalogue, 'drift'>
