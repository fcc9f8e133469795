// `node scripts/with-setup.mjs <script> [arguments]`: installs if needed, then runs the script under the project's Node.
import { ensureInstalled, run, say } from './lib/setup.mjs'

const [script, ...args] = process.argv.slice(2)
if (!ensureInstalled()) {
  // Who reads the gate's last line finds it there even when the gate could not begin.
  if (script?.endsWith('verify.ts')) process.stdout.write('0 passed, 1 failed\n')
  process.exitCode = 1
} else if (script === undefined) say('ready')
else process.exitCode = run([script, ...args])
