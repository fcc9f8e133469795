// Brings a checkout to the point where it can run. Plain JavaScript on purpose: the machine may have nothing but npm and an older Node,
// and the Node that reads TypeScript comes with the install.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** One line a step, on stderr: stdout belongs to the command that was asked for. */
export const say = (line) => process.stderr.write(`· ${line}\n`)

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/** pnpm keeps a copy of the lockfile that it installed from; where the two differ, or a workspace link is missing, the install is stale. */
export function isInstalled(top = root) {
  const wanted = read(join(top, 'pnpm-lock.yaml'))
  const present = read(join(top, 'node_modules/.pnpm/lock.yaml'))
  return (
    wanted !== undefined &&
    wanted === present &&
    existsSync(join(top, 'node_modules/@ka-governance/core')) &&
    runtime(top) !== undefined
  )
}

const isModern = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 19)
}

/** The Node to run with: the one pinned by the project, else the caller's when it is new enough (ADR 0001). */
export function runtime(top = root) {
  const pinned = join(top, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(pinned)) return pinned
  return isModern(process.version) && existsSync(join(top, 'node_modules')) ? process.execPath : undefined
}

/** The environment of a child: the project's tools and its Node come first on the path. */
export function environment(top = root) {
  const separator = process.platform === 'win32' ? ';' : ':'
  const bins = [dirname(runtime(top) ?? process.execPath), join(top, 'node_modules/.bin')]
  return { ...process.env, PATH: [...bins, process.env.PATH ?? ''].join(separator) }
}

/** Installs exactly what the lockfile says when that is not already there; says what is wrong and answers false when that does not work. */
export function ensureInstalled() {
  if (isInstalled()) return true
  say('installing what pnpm-lock.yaml says (once; needs the npm registry)')
  const started = Date.now()
  // No stdin: an installer that asks a question would hang in CI. CI=true also keeps pnpm from asking to purge node_modules.
  const done = spawnSync('npx', ['--yes', 'pnpm@12', 'install', '--frozen-lockfile'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? `${done.error.message}\n` : ''}`)
    say('the install did not work; if package.json was edited, run `npx pnpm@12 install` to bring the lockfile up to date')
    return false
  }
  if (runtime() === undefined) {
    say(
      `this project runs on Node 22.19 or later and ships one as the package "node", which did not arrive; you have ${process.version}`,
    )
    return false
  }
  say(`installed in ${String(Math.round((Date.now() - started) / 1000))} s`)
  return true
}

/** Runs a script or program of the project under its Node, sharing the terminal, and answers its exit code. */
export function run(args, cwd = root) {
  const done = spawnSync(runtime() ?? process.execPath, args, { cwd, env: environment(), stdio: 'inherit' })
  if (done.error) throw done.error
  // A child ended by a signal has no status; the shell's convention keeps that visible.
  return done.status ?? 128 + (done.signal === 'SIGINT' ? 2 : 15)
}
