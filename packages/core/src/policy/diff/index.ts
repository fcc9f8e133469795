export { applyPolicyDiff } from './apply-policy-diff.ts'
export { diffPolicies } from './diff-policies.ts'
export {
  type AddedValue,
  type ChangedValue,
  type ChangePath,
  type MovedItem,
  type PolicyChange,
  type RemovedValue,
} from './types.ts'
