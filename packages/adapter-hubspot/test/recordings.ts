import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A request to a portal with what it answered, from a tape beside the project. */
export interface Recording {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown }
  readonly response: { readonly status: number; readonly headers: { readonly [name: string]: string }; readonly body: unknown }
}
const folder = fileURLToPath(new URL('../../../../shared/fixtures/hubspot/recordings/', import.meta.url))

/** Whether there are recordings beside this checkout. */
export const there = existsSync(folder)
export const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}`, 'utf8'))
