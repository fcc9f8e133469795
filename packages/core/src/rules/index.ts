export { refusalsOf, rule, type Failure, type Rule, type Verdict } from './rule.ts'
