// Builds the packages whose sources changed since the last build. `--force` builds all, `--quiet` speaks only when there is something to do.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { files, isBuilt, isShipped, packages, root, type Package } from './lib/workspace.ts'

const force = process.argv.includes('--force')
const quiet = process.argv.includes('--quiet')
const stamps = join(root, '.cache/build')

// Content, not times: a checkout or a branch switch sets times that say nothing about what was built.
const fingerprint = (item: Package, dependencies: readonly string[]): string => {
  const hash = createHash('sha256')
  const own = files([`packages/${item.folder}/src/**/*`, `packages/${item.folder}/*.{json,ts}`]).filter(
    (path) => /\.(ts|json)$/.test(path) && isShipped(path),
  )
  for (const path of [...own, 'tsconfig.base.json', 'tsconfig.build.json', 'scripts/lib/tsup.ts', 'pnpm-lock.yaml']) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  for (const dependency of dependencies) hash.update(dependency)
  return hash.digest('hex')
}

const build = (item: Package): boolean => {
  const started = performance.now()
  const done = spawnSync(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js')], {
    cwd: item.path,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (done.status === 0 && isBuilt(item)) {
    process.stderr.write(`· built ${item.manifest.name} in ${seconds} s\n`)
    return true
  }
  process.stderr.write(`${done.stdout}${done.stderr}\n· ${item.manifest.name} did not build\n`)
  return false
}

mkdirSync(stamps, { recursive: true })
const marks = new Map<string, string>()
let built = 0
for (const item of packages()) {
  const dependencies = Object.keys(item.manifest.dependencies ?? {}).map((name) => marks.get(name) ?? '')
  const mark = fingerprint(item, dependencies)
  marks.set(item.manifest.name, mark)
  const stamp = join(stamps, item.folder)
  const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === mark && isBuilt(item)
  if (fresh && !force) continue
  if (!build(item)) process.exit(1)
  writeFileSync(stamp, mark)
  built++
}
if (built === 0 && !quiet) process.stderr.write('· nothing to build: every package is up to date\n')
