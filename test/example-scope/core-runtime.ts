// What the `@example` blocks of packages/core/src/runtime may use: the manufacturer's policy and a Monday morning in Shanghai.
import { manufacturerCn, type Policy } from '../../packages/core/src/policy/index.ts'

export const policy: Policy = manufacturerCn()
export const at: number = Date.UTC(2026, 2, 2, 1)
