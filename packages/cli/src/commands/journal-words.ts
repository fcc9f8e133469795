import type { JournalProblem } from '@ka-governance/core'
import { say, type Said } from '../said.ts'

const chinese: { readonly [problem in JournalProblem['problem']]: string } = {
  missing_entry: '缺少记录，或次序不对',
  wrong_key: '记录的键与流程和序号不符',
  wrong_hash: '记录被修改过：哈希值不符',
  broken_chain: '与前一条记录不相衔接',
  replay_differs: '重放结果与记录不一致',
  replay_failed: '无法重放此记录',
  snapshot_differs: '保存的快照与重放结果不一致',
  head_missing: '已知的日志末端不在其中：末尾被截去或替换',
  instance_missing: '流程不存在，或缺少快照或日志',
  document_differs: '个人信息文档不是当时封存的文档',
  document_missing: '个人信息文档缺失，且没有删除它的记录',
}

/** Kinds whose particulars only the replay knows; they are told as it tells them. */
const particular: ReadonlySet<JournalProblem['problem']> = new Set(['replay_differs', 'replay_failed', 'wrong_key'])

/** What a check of a journal found, in every language. */
export function tellProblem({ problem, detail }: JournalProblem): Said {
  const said = chinese[problem]
  return say(detail, particular.has(problem) ? `${said}（技术信息：${detail}）` : said)
}

const loose: { readonly [table: string]: string } = {
  events: '记录没有所属的流程，或序号超出该流程',
  instances: '该流程缺少记录，或其末端不是最后一条记录',
  effects: '待办事项没有对应的记录',
  documents: '个人信息文档没有对应的记录',
}

/** What is wrong with a row of a table that belongs to no journal. */
export const tellLooseRow = (table: string, message: string): Said => say(message, loose[table] ?? '数据行没有归属')
