// What the package loads: its own files and core, and no library of a vendor. Run on what was built, in a process of its own.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const built = fileURLToPath(new URL('../dist/index.js', import.meta.url))

/** Notes every module that is loaded, whatever the format: `import` through a hook, `require` through its cache. */
const probe = `
  import { createRequire, registerHooks } from 'node:module'
  const loaded = []
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
  const adapter = await import(process.argv[1])
  process.stdout.write(JSON.stringify({
    names: Object.keys(adapter),
    loaded: [...loaded, ...Object.keys(createRequire(process.argv[1]).cache)],
  }))
`

async function loadedBy(...files: readonly string[]): Promise<{ names: string[]; loaded: string[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', probe, ...files])
  return JSON.parse(stdout) as { names: string[]; loaded: string[] }
}

/** The package that a file belongs to: the last folder of packages in its path. */
const packageOf = (path: string): string =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? /\/packages\/([^/]+)\//.exec(path)?.[1] ?? path

test.skipIf(!existsSync(built))('importing the adapter loads core and nothing of Salesforce (skipped: not built)', async () => {
  const { names, loaded } = await loadedBy(built)
  expect(names).toContain('createSalesforceStore')
  const packages = new Set(loaded.filter((path) => !path.startsWith('node:')).map(packageOf))
  expect(packages).toContain('adapter-salesforce')
  expect(packages).toContain('core')
  const vendor = [...packages].filter((name) => /salesforce|jsforce/.test(name) && name !== 'adapter-salesforce')
  expect(vendor).toEqual([])
  // Beside core only what core itself depends on.
  const core = await loadedBy(fileURLToPath(new URL('../../core/dist/index.js', import.meta.url)))
  const known = new Set(['adapter-salesforce', ...core.loaded.map(packageOf)])
  expect([...packages].filter((name) => !known.has(name))).toEqual([])
})

test('the probe sees a library that is loaded', async () => {
  const { loaded } = await loadedBy(fileURLToPath(import.meta.resolve('@salesforce/core')))
  expect(loaded.map(packageOf)).toContain('@salesforce/core')
})
