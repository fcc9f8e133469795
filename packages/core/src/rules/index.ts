export { canonicalJson } from './canonical-json.ts'
export { compareText } from './compare-text.ts'
export { inEveryMode, refusalsOf, rule, type Failure, type Rule, type Verdict } from './rule.ts'
export { sha256Hex } from './sha256.ts'
