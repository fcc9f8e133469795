export { formatPolicyText } from './format-policy-text.ts'
export { formatPolicyDiff, type FormatPolicyDiffOptions } from './format-policy-diff.ts'
export { formatPolicyPlace } from './format-policy-place.ts'
export { policyValues, policyValuesWith, type PolicyValue } from './policy-value.ts'
export { renderPolicy } from './render-policy.ts'
export {
  type PolicyDocument,
  type PolicyParagraph,
  type PolicySection,
  type PolicyTable,
  type PolicySources,
} from './policy-document.ts'
