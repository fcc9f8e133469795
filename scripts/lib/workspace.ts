import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export type Manifest = Readonly<{
  name: string
  version: string
  bin?: Readonly<Record<string, string>>
  files?: readonly string[]
  exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  dependencies?: Readonly<Record<string, string>>
  devDependencies?: Readonly<Record<string, string>>
  peerDependencies?: Readonly<Record<string, string>>
  peerDependenciesMeta?: Readonly<Record<string, Readonly<{ optional?: boolean }>>>
}>

/** A package of the workspace: its folder name, absolute folder and manifest. */
export type Package = Readonly<{ folder: string; path: string; manifest: Manifest }>

/** A JSON file of our own, whose shape the caller knows. */
export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** A path as it is written in the repository: relative to its top, with forward slashes. */
export const repoPath = (path: string): string => relative(root, path).split(sep).join('/')

/** Files of the repository that match, as sorted repository paths. */
export function files(pattern: string | readonly string[], top: string = root): readonly string[] {
  const found = globSync([...(typeof pattern === 'string' ? [pattern] : pattern)], {
    cwd: top,
    exclude: (path) => /(^|[\\/])(node_modules|dist|\.git|\.cache)$/.test(path),
  })
  return found.map((path) => path.split(sep).join('/')).sort()
}

const workspaceDependencies = (item: Package): readonly string[] =>
  Object.entries(item.manifest.dependencies ?? {})
    .filter(([, range]) => range.startsWith('workspace:'))
    .map(([name]) => name)

/** Whether a source file is part of the package: not a test, and not a helper of tests (`testing/`). */
export const isShipped = (path: string): boolean => !path.endsWith('.test.ts') && !path.includes('/testing/')

/** The packages of the workspace, each after those that it depends on. */
export function packages(): readonly Package[] {
  const all = files('packages/*/package.json').map((path): Package => {
    const absolute = join(root, dirname(path))
    return { folder: dirname(path).replace('packages/', ''), path: absolute, manifest: readJson(join(root, path)) as Manifest }
  })
  const ordered: Package[] = []
  const place = (item: Package, path: readonly string[]): void => {
    if (ordered.includes(item)) return
    if (path.includes(item.manifest.name))
      throw new Error(`packages depend on each other: ${[...path, item.manifest.name].join(' → ')}`)
    for (const name of workspaceDependencies(item)) {
      const found = all.find((other) => other.manifest.name === name)
      if (found) place(found, [...path, item.manifest.name])
    }
    ordered.push(item)
  }
  for (const item of all) place(item, [])
  return ordered
}

/** An importable path of a package: its specifier (`@ka-governance/core/machines`), built code and built declarations. */
export type Entry = Readonly<{ specifier: string; code: string; types: string; key: string }>

/** The entries that a package's `exports` promise, `./package.json` aside. */
export function entries(item: Package): readonly Entry[] {
  return Object.entries(item.manifest.exports ?? {}).flatMap(([key, target]) => {
    if (typeof target === 'string') return []
    const code = target['default']
    const types = target['types']
    if (code === undefined || types === undefined)
      throw new Error(`${item.manifest.name}: exports["${key}"] needs types and default`)
    const specifier = key === '.' ? item.manifest.name : `${item.manifest.name}${key.slice(1)}`
    return [{ specifier, key, code: join(item.path, code), types: join(item.path, types) }]
  })
}

export const isBuilt = (item: Package): boolean =>
  [
    ...entries(item).flatMap((entry) => [entry.code, entry.types]),
    ...Object.values(item.manifest.bin ?? {}).map((bin) => join(item.path, bin)),
  ].every((path) => existsSync(path))

/** The relative imports' closure of a built file: what a host loads of ours when it imports that file. */
export function closure(entry: string): Readonly<{ files: readonly string[]; bare: readonly string[] }> {
  const seen = new Set<string>()
  const bare = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const specifier of importsOf(readFileSync(path, 'utf8'))) {
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier))
      else bare.add(specifier)
    }
  }
  visit(entry)
  return { files: [...seen], bare: [...bare].sort() }
}

/** Module specifiers of static imports, re-exports and dynamic imports with a literal. */
export function importsOf(code: string): readonly string[] {
  const found = new Set<string>()
  const statement = /(?:^|[;\n}])\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*["']([^"'\n]+)["']/g
  const dynamic = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/g
  for (const match of [...code.matchAll(statement), ...code.matchAll(dynamic)]) if (match[1] !== undefined) found.add(match[1])
  return [...found]
}

/** `@scope/name/deep` → `@scope/name`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
