export type { Draft, Position } from './draft.ts'
export { limits } from './limits.ts'
export { formatPath, parsePath, type Path } from './path.ts'
export { readSource, type PolicyFormat } from './read-source.ts'
