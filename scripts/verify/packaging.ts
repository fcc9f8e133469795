import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { closure, entries, files, importsOf, isShipped, packageOf, packages, root, type Package } from '../lib/workspace.ts'
import { node, outcomeOf, tool, type Check, type Step } from './step.ts'

const isNode = (specifier: string): boolean => specifier.startsWith('node:')

const manifestIsSound = async (item: Package): Promise<Check> => {
  const { messages } = await publint({ pkgDir: item.path, strict: true, pack: false })
  const found = messages.map((message) => formatMessage(message, item.manifest, { color: false }) ?? message.code)
  return { name: `publint ${item.manifest.name}`, problem: found.length > 0 ? found.join('\n') : undefined }
}

const typesResolve = async (item: Package): Promise<Check> => {
  const done = await node([
    tool('@arethetypeswrong/cli/dist/index.js'),
    '--pack',
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--no-emoji',
    '--no-color',
    item.path,
  ])
  return { name: `attw ${item.manifest.name}`, problem: done.status === 0 ? undefined : done.output }
}

/** A dependency that the source imports and the build does not was bundled; one that the manifest does not name would be missing at the user's. */
const dependenciesStayOutside = (item: Package): Check => {
  const declared = new Set([
    ...Object.keys(item.manifest.dependencies ?? {}),
    ...Object.keys(item.manifest.peerDependencies ?? {}),
  ])
  const bare = (paths: readonly string[]): Set<string> => {
    const found = paths
      .flatMap((path) => importsOf(readFileSync(path, 'utf8')))
      .filter((specifier) => !specifier.startsWith('.') && !isNode(specifier))
    return new Set(found.map(packageOf))
  }
  const sources = files(`packages/${item.folder}/src/**/*.ts`).filter(isShipped)
  const wanted = bare(sources.map((path) => join(root, path)))
  const built = bare(
    entries(item)
      .flatMap((entry) => closure(entry.code).files)
      .concat(binaries(item).flatMap((path) => closure(path).files)),
  )
  const undeclared = [...wanted, ...built].filter((name) => !declared.has(name))
  const unused = [...declared].filter((name) => !wanted.has(name))
  const problems = [
    ...[...new Set(undeclared)].map((name) => `imports ${name}, which package.json does not name under dependencies`),
    ...unused.map((name) => `names ${name} under dependencies and never imports it`),
    ...[...declared].filter((name) => valueImports(sources).has(name) && !built.has(name)).map((name) => `has bundled ${name}`),
  ]
  return { name: `dependencies ${item.manifest.name}`, problem: problems.length > 0 ? problems.join('\n') : undefined }
}

const binaries = (item: Package): readonly string[] => Object.values(item.manifest.bin ?? {}).map((path) => join(item.path, path))

/** Packages imported for a value: `import type …` and `import { type … }` leave no trace in the build. */
const valueImports = (sources: readonly string[]): Set<string> => {
  const found = new Set<string>()
  const pattern = /^import\s+(?!type\b)(?:([\w*\s]+?)(?:,\s*)?)?(?:\{([^}]*)\})?\s*from\s+'([^']+)'/gm
  for (const path of sources) {
    for (const match of readFileSync(join(root, path), 'utf8').matchAll(pattern)) {
      const [, whole = '', named = '', specifier = ''] = match
      const values = named.split(',').filter((name) => name.trim() !== '' && !name.trim().startsWith('type '))
      if ((whole.trim() !== '' || values.length > 0) && !specifier.startsWith('.') && !isNode(specifier))
        found.add(packageOf(specifier))
    }
  }
  return found
}

/** The same code decides on a server, in a browser console and in a CRM's extension: no entry of core but conformance needs Node. */
const runsAnywhere = (item: Package): readonly Check[] =>
  item.folder !== 'core'
    ? []
    : entries(item)
        .filter((entry) => entry.key !== './conformance')
        .map((entry) => {
          const found = closure(entry.code).bare.filter(isNode)
          return {
            name: `runs anywhere ${entry.specifier}`,
            problem: found.length > 0 ? `imports ${found.join(', ')}` : undefined,
          }
        })

/** ADR 0001: no CommonJS build, because every supported Node loads ES modules with `require`. Here a CommonJS file does. */
const commonJsCanRequire = async (item: Package): Promise<readonly Check[]> => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/require-'))
  try {
    const checks = entries(item).map(async (entry, index): Promise<Check> => {
      const script = join(folder, `${String(index)}.cjs`)
      const code = [
        `const loaded = require(${JSON.stringify(entry.specifier)})`,
        `const names = Object.keys(loaded)`,
        `if (names.length === 0) throw new Error('nothing is exported')`,
        `import(${JSON.stringify(entry.specifier)}).then((module) => {`,
        `  for (const name of names) if (module[name] !== loaded[name]) throw new Error('two copies of ' + name)`,
        `})`,
      ].join('\n')
      writeFileSync(script, code)
      const done = await node([script])
      return { name: `require('${entry.specifier}') from a .cjs file`, problem: done.status === 0 ? undefined : done.output }
    })
    return await Promise.all(checks)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const lockfileNamesNoHost = (): Check => {
  const found = /https?:\/\/\S+/.exec(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'))
  return {
    name: 'the lockfile names no registry',
    problem: found ? `${found[0]}: installs must work against any registry` : undefined,
  }
}

const versionsAgree = (): Check => {
  const versions = new Set(packages().map((item) => item.manifest.version))
  return { name: 'the packages have one version', problem: versions.size > 1 ? [...versions].join(', ') : undefined }
}

export const packaging: Step = {
  name: 'packages',
  what: 'publint, are-the-types-wrong, dependencies, require() from CommonJS',
  needsBuild: true,
  run: async () => {
    const each = await Promise.all(
      packages().map(async (item): Promise<readonly Check[]> => [
        await manifestIsSound(item),
        await typesResolve(item),
        dependenciesStayOutside(item),
        ...runsAnywhere(item),
        ...(await commonJsCanRequire(item)),
      ]),
    )
    return outcomeOf([...each.flat(), lockfileNamesNoHost(), versionsAgree()])
  },
}
