import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './workspace.ts'

/** Builds what is out of date, and ends the process when that does not work: a script that reads `dist` must not read yesterday's. */
export function ensureBuilt(): void {
  const done = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), '--quiet'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) process.exit(1)
}
