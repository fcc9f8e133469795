// `pnpm diagrams`: draws every machine of `@ka-governance/core/machines` into docs/workflows/<kind>.md and <kind>.svg.
// `--check` writes nothing and fails where the committed files are not what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readStatechart, type MachineLike } from '../packages/cli/src/report/statechart.ts'
import { statechartSvg } from '../packages/cli/src/report/statechart-svg.ts'
import { ensureBuilt } from './lib/ensure-built.ts'
import { generatedPart, withGeneratedPart } from './lib/machine-page.ts'
import { repoPath, root } from './lib/workspace.ts'

const check = process.argv.includes('--check')
// Within the gate the build has just run; here a stale one would draw yesterday's machine.
if (!check) ensureBuilt()

const folder = join(root, 'docs/workflows')
const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

const isMachine = (value: unknown): value is MachineLike =>
  typeof value === 'object' && value !== null && 'root' in value && 'id' in value

const modulePath = join(root, 'packages/core/dist/machines.js')
if (!existsSync(modulePath)) throw new Error('packages/core is not built: run `pnpm build`')
const exported = (await import(modulePath)) as Readonly<Record<string, unknown>>
const machines = Object.entries(exported).flatMap(([name, value]) =>
  name.endsWith('Machine') && isMachine(value) ? [{ name, machine: value }] : [],
)
if (machines.length === 0) throw new Error('@ka-governance/core/machines exports no machine')

const kebab = (name: string): string => name.replace(/Machine$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const title = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('-', ' ')

const stale: string[] = []
const write = (path: string, text: string): void => {
  if (read(path) === text) return
  stale.push(repoPath(path))
  if (!check) writeFileSync(path, text)
}

mkdirSync(folder, { recursive: true })
for (const { name, machine } of machines) {
  const kind = kebab(name)
  const chart = readStatechart(machine)
  const page = join(folder, `${kind}.md`)
  write(join(folder, `${kind}.svg`), `${statechartSvg(chart, { title: title(kind) })}\n`)
  write(
    page,
    withGeneratedPart(
      read(page),
      title(kind),
      generatedPart(chart, `${kind}.svg`, (state) => `\`${state.id}\``),
    ),
  )
}

if (stale.length === 0) process.stdout.write(`${String(machines.length)} machines, nothing to write\n`)
else process.stdout.write(stale.map((path) => `${check ? 'stale' : 'wrote'} ${path}\n`).join(''))
if (check && stale.length > 0) {
  process.stdout.write('refresh with `pnpm diagrams`\n')
  process.exitCode = 1
}
