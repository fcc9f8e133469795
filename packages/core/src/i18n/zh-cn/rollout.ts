import type { Catalogue } from '../catalogue.ts'

export const rollout = {
  rollout: {
    modes: { observe: '仅记录', warn: '提醒', enforce: '强制执行' },
    period: (from, to) => `强制执行时将不被允许的操作${from === null ? '' : `，自${from}起`}${to === null ? '' : `，至${to}止`}`,
    workflow: ({ workflow, mode, breaching, commands, share }) =>
      `${workflow}（${mode}）：${commands}项操作中有${breaching}项，占${share}`,
    noCommands: (workflow, mode) => `${workflow}（${mode}）：此期间没有操作`,
    rule: ({ rule, clause, commands, share }) => `${rule}[${clause}]：${commands}项，占${share}`,
    byCommand: (list) => `按操作：${list}`,
    byRole: (list) => `按角色：${list}`,
    people: (count) => `涉及${count}人`,
    examples: (keys) => `例如${keys}`,
    count: (name, count, of) => (of === null ? `${name}${count}项` : `${name}${of}项中${count}项`),
    noRole: '无角色人员',
    nothing: '没有不符合制度的操作。',
  },
} satisfies Pick<Catalogue, 'rollout'>
