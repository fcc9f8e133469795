import { sealedDocumentsIn } from '../errors/index.ts'
import type { Inputs } from '../definition/define-workflow.ts'
import type { GovernanceStore, JournalEntry } from '../ports/index.ts'
import { documentsErasedBy, isCommon } from './common-steps.ts'
import { commitmentOf } from './personal.ts'
import type { Runtime } from './runtime.ts'
import type { JournalProblem } from './verify-journal.ts'

/** Whether the personal documents of an instance are those that its journal stands for: each unchanged, and gone only where an entry ordered it [SEC-02]. */
export function createDocumentCheck(
  runtime: Pick<Runtime, 'host'> & { readonly store: Pick<GovernanceStore, 'personal'> },
  id: string,
  add: (seq: number, problem: JournalProblem['problem'], detail: string) => void,
): { readonly note: (entry: JournalEntry) => void; readonly check: () => Promise<void> } {
  const sealed = new Map<string, Set<number>>()
  const erased = new Set<string>()
  return {
    note: ({ seq, command, inputs }) => {
      for (const documentId of sealedDocumentsIn(command)) sealed.set(documentId, (sealed.get(documentId) ?? new Set()).add(seq))
      const type = (command as { readonly type?: unknown } | undefined)?.type
      if (typeof type === 'string' && isCommon(type))
        for (const documentId of documentsErasedBy((inputs[0] ?? {}) as Inputs)) erased.add(documentId)
    },
    check: async () => {
      if (sealed.size === 0) return
      const there = new Map((await runtime.store.personal.read(id)).map((d) => [d.documentId, d]))
      for (const [documentId, places] of sealed) {
        const [seq = 0] = places
        const document = there.get(documentId)
        if (document !== undefined) {
          if (!places.has(document.seq) || commitmentOf(document, runtime.host.sha256) !== documentId)
            add(seq, 'document_differs', `the document of ${document.field} is not the one that was sealed`)
        } else if (!erased.has(documentId)) add(seq, 'document_missing', `document ${documentId} is gone, and no entry erased it`)
      }
    },
  }
}
