import type { JsonValue } from '../errors/index.ts'
import { normalBaseline, type Baseline } from './schema.ts'

/** Hash of a baseline's content, the same however its lists were ordered: what an approval is bound to, and what the ledger checks [CHG-02]. */
export function contentHash(content: Baseline, hashOf: (value: JsonValue) => string): string {
  return hashOf(normalBaseline(content))
}
