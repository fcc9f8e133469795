// What the `@example` blocks of packages/core/src/policy may use: the manufacturer's policy.
import { manufacturerCn, type Policy } from '../../packages/core/src/policy/index.ts'
import { sha256Hex } from '../../packages/core/src/rules/sha256.ts'

export const policy: Policy = manufacturerCn()
export const sha256: (text: string) => string = sha256Hex
