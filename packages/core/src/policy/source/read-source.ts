import type { Finding } from '../../errors/index.ts'
import { unreadable, type Draft } from './draft.ts'
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

const invalidJson = (error: Error): Finding => ({
  path: '',
  code: 'syntax',
  message: error.message.split('\n')[0]?.slice(0, 200) ?? 'not JSON',
  remedy: 'correct the JSON, or write the policy as YAML',
})

/** Reads what a caller gives as a policy: YAML or JSON text, or data that is already in memory. */
export function readSource(source: unknown, format?: PolicyFormat): Draft {
  if (typeof source !== 'string') return readPlainData(source)
  if (source.length > limits.characters)
    return unreadable({
      path: '',
      code: 'too_large',
      message: `${String(source.length)} characters; a policy has at most ${String(limits.characters)}`,
      remedy: 'check that this is the policy file; keep large directories and holiday lists outside it',
    })
  const mayBeJson = format === 'json' || (format === undefined && /^\s*\{/.test(source))
  const error = mayBeJson ? jsonError(source) : null
  if (format === 'json' && error !== null) return unreadable(invalidJson(error))
  // A carriage return alone ends a line in YAML, which the library does not know.
  const text = source.replaceAll(/\r(?!\n)/g, '\n')
  // JSON is YAML, except that YAML knows no tabs for indentation; in JSON a bare tab is never part of a text.
  return readYaml(mayBeJson && error === null ? text.replaceAll('\t', ' ') : text)
}
