// `node scripts/with-setup.mjs <script> [arguments]`: installs if needed, then runs the script under the project's Node.
import { ensureInstalled, run, say } from './lib/setup.mjs'

const [script, ...args] = process.argv.slice(2)
ensureInstalled()
if (script === undefined) say('ready')
else process.exitCode = run([script, ...args])
