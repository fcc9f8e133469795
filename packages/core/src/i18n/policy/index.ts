export { formatPolicyDiff, type FormatPolicyDiffOptions } from './format-policy-diff.ts'
