export { formatPolicyText } from './format-policy-text.ts'
export { formatPolicyDiff, type FormatPolicyDiffOptions } from './format-policy-diff.ts'
export { renderPolicy } from './render-policy.ts'
export {
  type PolicyDocument,
  type PolicyParagraph,
  type PolicySection,
  type PolicyTable,
  type PolicySources,
} from './policy-document.ts'
