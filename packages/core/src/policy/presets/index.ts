import { loadPolicy } from '../load.ts'
import type { Policy } from '../schema.ts'
import { manufacturerCnInput } from './manufacturer-cn.ts'

export { demoDirectory } from './demo-directory.ts'

/** The presets as documents, for editing. */
export const presets = { manufacturerCn: manufacturerCnInput } as const

/** Preset (i), loaded: industrial manufacturer in China, CNY. */
export const manufacturerCn = (): Policy => loadPolicy(presets.manufacturerCn)
