// `pnpm clauses`: writes docs/clauses.md and docs/clauses.json from the sources: which clause has which parameters, rules and tests.
// `--check` writes nothing and fails where the committed files are not what would be written.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clauseFiles } from './clauses/page.ts'
import { clauseTable } from './clauses/table.ts'
import { root } from './lib/workspace.ts'

const read = (path: string): string | undefined =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined

const check = process.argv.includes('--check')
const table = clauseTable()
const stale = clauseFiles(table).filter(({ path, text }) => read(path) !== text)
if (!check) for (const { path, text } of stale) writeFileSync(join(root, path), text)

process.stdout.write(
  stale.length === 0 ? 'nothing to write\n' : stale.map(({ path }) => `${check ? 'stale' : 'wrote'} ${path}\n`).join(''),
)
for (const { clause, path, rule } of table.unknown)
  process.stdout.write(`unknown clause ${clause} in ${path}${rule === undefined ? '' : `, ${rule}`}\n`)
for (const { path, rule } of table.unused) process.stdout.write(`no command asks ${rule ?? ''} of ${path}\n`)
if ((check && stale.length > 0) || table.unknown.length + table.unused.length > 0) process.exitCode = 1
