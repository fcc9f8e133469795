import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseDocument } from 'yaml'
import { MappingError, type MappingFinding } from './mapping-error.ts'
import { mappingSchema, type Mapping } from './mapping-schema.ts'

const maxMappingLength = 200_000

/**
 * Reads a mapping from YAML text.
 * @param file name for the findings.
 * @throws {MappingError} with every finding: line and column in the YAML where there is one, the path in the mapping, the remedy.
 */
export function parseMapping(text: string, file: string): Mapping {
  const fail = (findings: readonly MappingFinding[]): never => {
    throw new MappingError(file, findings)
  }
  if (text.length > maxMappingLength)
    fail([{ path: '', message: 'the file is longer than 200,000 characters', remedy: 'name a mapping file, not data' }])
  const document = parseDocument(text, { uniqueKeys: true })
  if (document.errors.length > 0) {
    fail(
      document.errors.slice(0, 20).map((e) => ({
        path: e.linePos ? `line ${String(e.linePos[0].line)}` : '',
        message: (e.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
        remedy: 'mend the YAML here',
      })),
    )
  }
  // No aliases: a mapping does not need them, and they can make a small file huge.
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch {
    fail([{ path: '', message: 'the file uses YAML aliases', remedy: 'write the values out' }])
  }
  const parsed = mappingSchema.safeParse(value)
  if (parsed.success) return parsed.data
  return fail(
    parsed.error.issues.slice(0, 50).map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
      remedy:
        issue.code === 'unrecognized_keys'
          ? `remove ${issue.keys.map((k) => JSON.stringify(k)).join(', ')}, or correct the spelling`
          : 'see the README, section "Mapping files"',
    })),
  )
}

/** Reads and checks a mapping file. */
export async function loadMapping(path: string): Promise<Mapping> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new MappingError(basename(path), [
      {
        path: '',
        message: `the file cannot be read (${code})`,
        remedy: 'name a YAML file, or one of the mappings that `ka-governance mappings` lists',
      },
    ])
  }
  return parseMapping(text, basename(path))
}
