import type { Catalogue } from '../catalogue.ts'

export const drift = {
  drift: {
    head: (kind, instance, account, clause) =>
      `${kind}${instance}${account === null ? '' : `（客户${account}）`}：记录被绕过流程修改[${clause}]`,
    unreadable: (kind, instance, problem) => `${kind}${instance}：无法读取，${problem}`,
    record: (record, by, at) =>
      by === null && at === null
        ? record
        : `${record}，最后修改${by === null ? '' : `人为${by}`}${at === null ? '' : `，时间为${at}`}`,
    missing: '记录已被删除，或其标识已被更改',
    field: (field, part, shown, governed) => `${field}${part === null ? '' : `（${part}）`}显示为${shown}，按流程应为${governed}`,
    step: (kind, command, clause, approval, who) =>
      approval === null
        ? `绕过的操作：${kind}的${command}[${clause}]，由${who}办理`
        : `绕过的操作：${kind}的${command}[${clause}]，由${who}审批`,
    noStep: '流程中没有可以直接达到此结果的操作',
    acceptable: '可以恢复，也可以认可：认可后须经有权审批的人决定',
    repairable: '可以恢复',
    parts: {
      accountId: '所属客户',
      state: '状态',
      open: '未结',
      owner: '待办人',
      nextDueAt: '到期时间',
      nextDue: '到期事项',
      noDueReason: '无到期时间的原因',
      openedAt: '发起时间',
      updatedAt: '最后办理时间',
    },
  },
} satisfies Pick<Catalogue, 'drift'>
