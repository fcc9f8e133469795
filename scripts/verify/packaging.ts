import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { closure, entries, files, isShipped, packageOf, packages, repoPath, root, type Package } from '../lib/workspace.ts'
import { moduleGraph, type ImportEdge } from '../lib/module-graph.ts'
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

const isPackage = (specifier: string): boolean => !specifier.startsWith('.') && !isNode(specifier)

/** The packages that an entry's source loads, directly or through its modules: types leave no trace in the build. */
const loadedBy = (entry: string, edges: readonly ImportEdge[]): Set<string> => {
  const seen = new Set<string>()
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const edge of edges) {
      if (edge.from !== path || edge.typeOnly) continue
      if (edge.to !== null) visit(edge.to)
      else if (isPackage(edge.specifier)) found.add(packageOf(edge.specifier))
    }
  }
  visit(entry)
  return found
}

/** A dependency that the source imports and the build does not was bundled; one that the manifest does not name would be missing at the user's. */
const dependenciesStayOutside = (item: Package): Check => {
  const declared = new Set([
    ...Object.keys(item.manifest.dependencies ?? {}),
    ...Object.keys(item.manifest.peerDependencies ?? {}),
  ])
  const edges = moduleGraph(root, files(`packages/${item.folder}/src/**/*.ts`).filter(isShipped))
  const imported = new Set(
    edges.filter((edge) => edge.to === null && isPackage(edge.specifier)).map((edge) => packageOf(edge.specifier)),
  )
  const bundled = builtFiles(item).flatMap((built) => {
    const source = repoPath(built).replace('/dist/', '/src/').replace(/\.js$/, '.ts')
    const outside = new Set(closure(built).bare.map(packageOf))
    return [...loadedBy(source, edges)]
      .filter((name) => !outside.has(name))
      .map((name) => `${repoPath(built)} has bundled ${name}`)
  })
  const problems = [
    ...[...imported]
      .filter((name) => !declared.has(name))
      .map((name) => `imports ${name}, which package.json does not name under dependencies`),
    ...[...declared]
      // An optional peer says which versions fit; the host brings it, or does without.
      .filter((name) => !imported.has(name) && item.manifest.peerDependenciesMeta?.[name]?.optional !== true)
      .map((name) => `names ${name} under dependencies and never imports it`),
    ...bundled,
  ]
  return { name: `dependencies ${item.manifest.name}`, problem: problems.length > 0 ? problems.join('\n') : undefined }
}

const builtFiles = (item: Package): readonly string[] => [
  ...entries(item).map((entry) => entry.code),
  ...Object.values(item.manifest.bin ?? {}).map((path) => join(item.path, path)),
]

/** The same code decides on a server, in a browser console and in a CRM's extension: a bundler for browsers takes it with all that it needs. */
const runsAnywhere = async (item: Package): Promise<readonly Check[]> => {
  if (item.folder !== 'core') return []
  const chosen = entries(item).filter((entry) => entry.key !== './conformance')
  return Promise.all(
    chosen.map(async (entry): Promise<Check> => {
      const built = await build({
        entryPoints: [entry.code],
        bundle: true,
        format: 'esm',
        platform: 'browser',
        write: false,
        logLevel: 'silent',
        // Not this workspace's tsconfig: its paths lead to the sources.
        tsconfigRaw: {},
      }).catch((error: unknown) => String(error))
      return { name: `bundles for a browser: ${entry.specifier}`, problem: typeof built === 'string' ? built : undefined }
    }),
  )
}

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

/** Whoever imports the packages may check declarations of libraries, too, under the strictest rules; what is wrong in a library that we depend on is not ours. */
const declarationsHold = async (): Promise<Check> => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/consumer-'))
  try {
    const specifiers = packages().flatMap((item) => entries(item).map(({ specifier }) => specifier))
    const lines = specifiers.map((specifier, k) => `export * as e${String(k)} from ${JSON.stringify(specifier)}`)
    writeFileSync(join(folder, 'index.ts'), `${lines.join('\n')}\n`)
    const compilerOptions = {
      ...{ target: 'es2024', module: 'nodenext', lib: ['es2024', 'esnext'], types: ['node'], noEmit: true },
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['index.ts'] }))
    const { output } = await node([tool('typescript/bin/tsc'), '-p', folder, '--pretty', 'false'])
    const own = output.split('\n').filter((line) => /^(packages|\.cache)\/|^error /.test(line))
    return { name: 'declarations hold where libraries are checked', problem: own.length > 0 ? own.join('\n') : undefined }
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
  what: 'publint, are-the-types-wrong, dependencies, require() from CommonJS, declarations',
  needsBuild: true,
  run: async () => {
    const each = await Promise.all(
      packages().map(async (item): Promise<readonly Check[]> => [
        await manifestIsSound(item),
        await typesResolve(item),
        dependenciesStayOutside(item),
        ...(await runsAnywhere(item)),
        ...(await commonJsCanRequire(item)),
      ]),
    )
    return outcomeOf([...each.flat(), await declarationsHold(), lockfileNamesNoHost(), versionsAgree()])
  },
}
