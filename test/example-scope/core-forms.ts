// What the `@example` blocks of packages/core/src/forms may use: the manufacturer's policy, and a plan as it was filed.
import { manufacturerCn, type Policy } from '../../packages/core/src/policy/index.ts'
import type { FiledDocument } from '../../packages/core/src/runtime/index.ts'

export const policy: Policy = manufacturerCn()

const hash = 'a'.repeat(64)
export const document: FiledDocument = {
  number: 'cmp-1-000006',
  form: 'handlingPlan',
  kind: 'complaint',
  instanceId: 'cmp-1',
  accountId: 'acme',
  command: 'plan',
  filedAt: Date.UTC(2026, 2, 2, 4),
  filedBy: 'u-peters',
  onBehalfOf: null,
  fields: { measures: 'Paint again', finishBy: '2026-03-09' },
  policy: { id: policy.id, version: policy.version, hash },
  hash,
}
