import type { Finding } from '../../errors/index.ts'
import { reading, type NotPlain } from '../readings/index.ts'
import { isReservedKey, type Draft } from './draft.ts'
import { limits } from './limits.ts'
import { formatPath, type Path } from './path.ts'

const notPlain = (path: string, what: NotPlain): Finding => reading(path, 'notPlain', { what })

// A prototype without a prototype of its own is `Object.prototype`, of this realm or another.
const isPlainObject = (value: object): boolean => {
  const parent: unknown = Object.getPrototypeOf(value)
  return parent === null || Object.getPrototypeOf(parent) === null
}

/** Marks a value that was reported and left out. */
const dropped = Symbol('dropped')

/**
 * Copies a value that a caller handed over, reading each property once and never through an accessor, so that what is checked afterwards
 * is what is used. Refuses class instances, functions, accessors, symbols, numbers that JSON cannot hold, reserved keys, cycles and
 * anything beyond the {@link limits}.
 */
export function readPlainData(source: unknown): Draft {
  const findings: Finding[] = []
  let values = 0
  let exhausted = false

  const list = (value: readonly unknown[], path: Path): unknown => {
    const items: unknown[] = []
    for (let index = 0; index < value.length && !exhausted; index++) {
      const descriptor = Object.getOwnPropertyDescriptor(value, index)
      const at = [...path, index]
      if (descriptor === undefined || !('value' in descriptor)) {
        findings.push(notPlain(formatPath(at), descriptor === undefined ? 'hole' : 'accessor'))
        continue
      }
      const item = copy(descriptor.value, at)
      if (item !== dropped) items.push(item)
    }
    return items
  }

  const map = (value: object, path: Path): unknown => {
    const copied: Record<string, unknown> = {}
    for (const key of Reflect.ownKeys(value)) {
      if (exhausted) break
      const at = [...path, String(key)]
      const descriptor = Object.getOwnPropertyDescriptor(value, key)
      if (typeof key === 'symbol') findings.push(notPlain(formatPath(path), 'symbolKey'))
      else if (isReservedKey(key)) findings.push(reading(formatPath(at), 'keyReserved', {}))
      else if (descriptor === undefined || !('value' in descriptor)) findings.push(notPlain(formatPath(at), 'accessor'))
      else if (descriptor.value !== undefined) {
        const member = copy(descriptor.value, at)
        if (member !== dropped) copied[key] = member
      }
    }
    return copied
  }

  const copy = (value: unknown, path: Path): unknown => {
    values += 1
    if (values > limits.values) {
      if (!exhausted) findings.push(reading('', 'tooManyValues', { limit: limits.values }))
      exhausted = true
      return dropped
    }
    const refuse = (finding: Finding): typeof dropped => {
      findings.push(finding)
      return dropped
    }
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string')
      return value.length > limits.text ? refuse(reading(formatPath(path), 'textTooLong', { limit: limits.text })) : value
    if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(notPlain(formatPath(path), 'notFinite'))
    if (typeof value !== 'object')
      return refuse(notPlain(formatPath(path), typeof value as 'function' | 'symbol' | 'bigint' | 'undefined'))
    if (path.length >= limits.depth) return refuse(reading(formatPath(path), 'tooDeep', { depth: limits.depth }))
    if (Array.isArray(value)) return list(value, path)
    return isPlainObject(value) ? map(value, path) : refuse(notPlain(formatPath(path), 'instance'))
  }

  try {
    const data = copy(source, [])
    return { data: data === dropped ? undefined : data, findings, locate: () => undefined }
  } catch (error) {
    // Only a proxy's trap gets here.
    const finding = notPlain('', error instanceof Error ? 'refusing' : 'throwing')
    return { data: undefined, findings: [...findings, finding], locate: () => undefined }
  }
}
