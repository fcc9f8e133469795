import type { Catalogue } from '../catalogue.ts'

export const inbox = {
  inbox: {
    accepted: (command, kind, instance) => `已办理：${command}（${kind} ${instance}）。`,
    state: (state) => `当前状态：${state}。`,
    due: (at) => `到期时间：${at}。`,
    edited: '该记录在办理之后被修改过，以已办理的内容为准。',
    observed: '已放行，但按制度不应允许：',
    refused: '操作不符合制度，未作任何更改。',
    failed: '无法办理，未作任何更改。',
    pending: (tries, of) => `暂时未能办理（第${tries}次，最多${of}次），将自动重试。`,
  },
} satisfies Pick<Catalogue, 'inbox'>
