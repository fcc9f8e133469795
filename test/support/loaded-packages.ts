// What an import of built packages loads, noted in a process of its own.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Notes every module that is loaded, whatever the format: `import` through a hook, `require` through its cache. */
const probe = `
  import { createRequire, registerHooks } from 'node:module'
  const loaded = []
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
  const module = await import(process.argv[1])
  process.stdout.write(JSON.stringify({
    names: Object.keys(module),
    loaded: [...loaded, ...Object.keys(createRequire(process.argv[1]).cache)],
  }))
`

/** The package that a file belongs to: the last folder of packages in its path. */
const packageOf = (path: string): string =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? /\/packages\/([^/]+)\//.exec(path)?.[1] ?? path

/** The names that a file exports, and the packages whose files are loaded with it. */
export async function loadedBy(
  file: string,
): Promise<{ readonly names: readonly string[]; readonly packages: ReadonlySet<string> }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', probe, file])
  const { names, loaded } = JSON.parse(stdout) as { readonly names: string[]; readonly loaded: string[] }
  return { names, packages: new Set(loaded.filter((path) => !path.startsWith('node:')).map(packageOf)) }
}
