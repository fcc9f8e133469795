// `npm start`: from a fresh checkout to the command line's demonstration run. `npm start -- run --data FILE …` passes its arguments on.
import { join } from 'node:path'
import { ensureInstalled, root, run, say } from './lib/setup.mjs'

if (!ensureInstalled()) process.exit(1)
const built = run([join(root, 'scripts/build.ts'), '--quiet'])
if (built !== 0) process.exit(built)

const asked = process.argv.slice(2)
// The first word names the command; options alone belong to `run`.
const args = asked.length === 0 || asked[0]?.startsWith('-') ? ['run', ...asked] : asked
say(`ka-governance ${args.join(' ')}`)
process.exitCode = run([join(root, 'packages/cli/dist/bin.js'), ...args], process.env.INIT_CWD ?? root)
