import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { GovernanceStore } from '@ka-governance/core'

/** Writes the whole journal as JSON lines, by instance and sequence. */
export async function writeJournal(path: string, store: GovernanceStore): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    for await (const projection of store.find({})) {
      for await (const entry of store.history(projection.instanceId)) yield `${JSON.stringify(entry)}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
}
