import type { Locale } from '@ka-governance/core'

/** What `publish` says beside the catalogues of core. */
export interface PublishWords {
  readonly done: (id: string, state: string) => string
  readonly refused: (id: string) => string
  readonly noDirectory: string
  readonly unpublished: string
  readonly from: (date: string) => string
  readonly since: (from: string, until: string | null) => string
  readonly instances: (n: number) => string
  readonly draft: (hash: string, doubts: number, changes: number | null) => string
  readonly otherFile: (file: string, hash: string | null, mayBecome: boolean) => string
  readonly whatIf: (digest: string) => string
  readonly basis: (hash: string) => string
  readonly waits: (person: string) => string
}

export const publishWords: { readonly [L in Locale]: PublishWords } = {
  en: {
    done: (id, state) => `${id}: ${state}`,
    refused: (id) => `${id}: not allowed`,
    noDirectory: 'The policy names no people, so nobody holds a role: add `directory` to it, or a configuration with one.',
    unpublished: 'not published',
    from: (date) => `from ${date}`,
    since: (from, until) => (until === null ? `since ${from}` : `${from} to ${until}`),
    instances: (n) => `${String(n)} open ${n === 1 ? 'instance' : 'instances'}`,
    draft: (hash, doubts, changes) =>
      `draft ${hash}: ${String(doubts)} ${doubts === 1 ? 'doubt' : 'doubts'}, ${changes === null ? 'the first version' : `${String(changes)} ${changes === 1 ? 'change' : 'changes'} to the version in force`}`,
    otherFile: (file, hash, mayBecome) =>
      `${file} says something else${hash === null ? ', and cannot be used as it stands' : ` (${hash})`}${mayBecome ? ': publish check makes it the draft' : ''}`,
    whatIf: (digest) => `what-if ${digest}`,
    basis: (hash) => `under approval, basis ${hash}`,
    waits: (person) => `waits for ${person}`,
  },
  'zh-CN': {
    done: (id, state) => `${id}：${state}`,
    refused: (id) => `${id}：操作不符合制度`,
    noDirectory: '制度中没有列出人员，因此无人担任任何角色：请在制度中添加directory，或使用带有directory的配置。',
    unpublished: '未发布',
    from: (date) => `自${date}起`,
    since: (from, until) => (until === null ? `自${from}起生效` : `${from}至${until}生效`),
    instances: (n) => `在办${String(n)}件`,
    draft: (hash, doubts, changes) =>
      `草案${hash}：存疑${String(doubts)}项，${changes === null ? '首个版本' : `与现行版本相比有${String(changes)}处变化`}`,
    otherFile: (file, hash, mayBecome) =>
      `${file}的内容与此不同${hash === null ? '，且目前不能使用' : `（${hash}）`}${mayBecome ? '：publish check可使其成为草案' : ''}`,
    whatIf: (digest) => `测算依据${digest}`,
    basis: (hash) => `审批中，审批依据${hash}`,
    waits: (person) => `等待${person}`,
  },
}
