// `pnpm trace [FAMILY …]`: which requirement ids the code and the tests name. The requirements live beside the repository, not in it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/setup.mjs'

const tool = join(root, '../shared/tools/trace.mjs')
if (existsSync(tool)) {
  process.exitCode =
    spawnSync(process.execPath, [tool, '--repo', root, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
} else {
  process.stdout.write('the requirements are not beside this checkout (../shared); nothing to trace\n')
}
