import type { Catalogue } from '../catalogue.ts'

export const rollout = {
  rollout: {
    modes: { observe: 'observed', warn: 'warned', enforce: 'enforced' },
    period: (from, to) =>
      `What enforcement would have refused${from === null ? '' : `, from ${from}`}${to === null ? '' : `, until ${to}`}`,
    workflow: ({ workflow, mode, breaching, commands, share }) =>
      `${workflow} (${mode}): ${breaching} of ${commands} commands, ${share}`,
    noCommands: (workflow, mode) => `${workflow} (${mode}): no commands in this time`,
    rule: ({ rule, clause, commands, share }) => `${rule} [${clause}]: ${commands}, ${share}`,
    byCommand: (list) => `commands: ${list}`,
    byRole: (list) => `roles: ${list}`,
    people: (count) => (count === '1' ? 'by 1 person' : `by ${count} people`),
    examples: (keys) => `for example ${keys}`,
    count: (name, count, of) => (of === null ? `${name} ${count}` : `${name} ${count} of ${of}`),
    noRole: 'without a role',
    nothing: 'No command would have been refused.',
  },
} satisfies Pick<Catalogue, 'rollout'>
