import type { Finding } from '../../errors/index.ts'
import { reading } from '../readings/index.ts'
import { unreadable, type Draft, type Position } from './draft.ts'
import { limits } from './limits.ts'
import { readPlainData } from './plain-data.ts'
import { readYaml } from './yaml-data.ts'

/** How a policy text is written. Absent: JSON when the text is JSON, else YAML. */
export type PolicyFormat = 'yaml' | 'json'

const jsonError = (text: string): Error | null => {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error('not JSON')
  }
}

/** Where the engine's message says that the text breaks off being JSON. */
function positionOf(message: string, text: string): Position | undefined {
  const [, at] = /at position (\d+)/.exec(message) ?? []
  if (at === undefined) return undefined
  const lines = text.slice(0, Number(at)).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

const invalidJson = ({ message }: Error, text: string): Finding => ({
  ...reading('', 'notJson', { format: 'JSON', said: message.split('\n')[0]?.slice(0, 200) ?? 'not JSON' }),
  ...positionOf(message, text),
})

/** Reads what a caller gives as a policy: YAML or JSON text, or data that is already in memory. */
export function readSource(source: unknown, format?: PolicyFormat): Draft {
  if (typeof source !== 'string') return readPlainData(source)
  if (source.length > limits.characters)
    return unreadable(reading('', 'sourceTooLong', { characters: source.length, limit: limits.characters }))
  const mayBeJson = format === 'json' || (format === undefined && /^\s*\{/.test(source))
  const error = mayBeJson ? jsonError(source) : null
  if (format === 'json' && error !== null) return unreadable(invalidJson(error, source))
  // A carriage return alone ends a line in YAML, which the library does not know.
  const text = source.replaceAll(/\r(?!\n)/g, '\n')
  // JSON is YAML, except that YAML knows no tabs for indentation; in JSON a bare tab is never part of a text.
  return readYaml(mayBeJson && error === null ? text.replaceAll('\t', ' ') : text)
}
