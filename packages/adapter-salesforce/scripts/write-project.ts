// `pnpm metadata`: writes the SFDX project of the default names to force-app/ and sfdx-project.json, made from the constants that the adapter maps by.
// `--check` writes nothing and fails where the committed files are not what would be written.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFiles } from '../src/metadata/project.ts'
import { namesOf } from '../src/schema.ts'

const check = process.argv.includes('--check')
const top = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = new Map(projectFiles(namesOf('Kag')).map(({ path, content }) => [path, content]))
const stale: string[] = []

for (const [path, content] of wanted) {
  const file = join(top, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue
  stale.push(path)
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
// A field that was taken away must not stay behind: a deployment would make it again.
for (const path of globSync('force-app/**/*.xml', { cwd: top }).map((found) => found.split(sep).join('/'))) {
  if (wanted.has(path)) continue
  stale.push(path)
  if (!check) rmSync(join(top, path))
}

if (stale.length === 0) process.stdout.write(`${String(wanted.size)} files of metadata, nothing to write\n`)
else process.stdout.write(stale.map((path) => `${check ? 'stale' : 'wrote'} ${path}\n`).join(''))
if (check && stale.length > 0) {
  process.stdout.write('refresh with `pnpm metadata`\n')
  process.exitCode = 1
}
