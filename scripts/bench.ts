// `pnpm bench [--json FILE] [WORD …]`: runs every `bench…(): Promise<Row[]>` of packages/*/bench/*.bench.ts and prints what was measured side by
// side, in one run. Words choose files by name. There is no pass or fail: a time depends on the machine, a ratio is for a person to read.
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './lib/ensure-built.ts'
import { files, root } from './lib/workspace.ts'

type Row = Readonly<{ name: string; ratio: number; note: string; detail: string }>
type Measured = Readonly<{ file: string; bench: string; rows: readonly Row[] }>

const args = process.argv.slice(2)
const jsonAt = args.indexOf('--json')
const json = jsonAt === -1 ? undefined : args[jsonAt + 1]
if (jsonAt !== -1 && json === undefined) {
  process.stderr.write('--json needs the file to write to\n')
  process.exit(2)
}
const words = args.filter((_word, index) => jsonAt === -1 || (index !== jsonAt && index !== jsonAt + 1))

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'ratio' in value &&
  typeof value.ratio === 'number' &&
  'note' in value &&
  typeof value.note === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string'

const rowsOf = async (bench: () => unknown, where: string): Promise<readonly Row[]> => {
  const rows: unknown = await bench()
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isRow)) {
    throw new Error(`${where} must answer rows of { name, ratio, note, detail }`)
  }
  return rows
}

const measure = async (file: string): Promise<readonly Measured[]> => {
  const module = (await import(join(root, file))) as Readonly<Record<string, unknown>>
  const benches = Object.entries(module).filter(([name, value]) => /^bench([A-Z]|$)/.test(name) && typeof value === 'function')
  if (benches.length === 0) throw new Error(`${file} exports no bench… function`)
  const measured: Measured[] = []
  for (const [bench, run] of benches) measured.push({ file, bench, rows: await rowsOf(run as () => unknown, `${file} ${bench}`) })
  return measured
}

// Wide characters (Chinese) take two columns on a terminal.
const width = (text: string): number =>
  Array.from(text).reduce(
    (sum, char) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  )
const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))

const ratio = (value: number): string =>
  Number.isFinite(value) ? `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ×` : '–'

const print = (all: readonly Measured[]): void => {
  const rows = all.flatMap(({ rows }) => rows)
  const name = Math.max(...rows.map((row) => width(row.name)), 4)
  const ratios = Math.max(...rows.map((row) => ratio(row.ratio).length), 5)
  const detail = Math.max(...rows.map((row) => width(row.detail)), 6)
  for (const { file, bench, rows } of all) {
    process.stdout.write(`\n${file} · ${bench}\n`)
    for (const row of rows) {
      process.stdout.write(
        `  ${pad(row.name, name)}  ${ratio(row.ratio).padStart(ratios)}  ${pad(row.detail, detail)}  ${row.note}`.trimEnd() +
          '\n',
      )
    }
  }
}

const chosen = files('packages/*/bench/*.bench.ts').filter(
  (file) => words.length === 0 || words.some((word) => file.includes(word)),
)
if (chosen.length === 0) {
  process.stderr.write('no such benchmark\n')
  process.exit(2)
}
ensureBuilt()

const all: Measured[] = []
for (const file of chosen) {
  process.stderr.write(`· ${file}\n`)
  all.push(...(await measure(file)))
}
const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
}
process.stdout.write(`${machine.cpu}, ${String(machine.cores)} cores, Node ${machine.node}\n`)
print(all)
if (json !== undefined) {
  writeFileSync(json, `${JSON.stringify({ machine, benchmarks: all }, null, 2)}\n`)
  process.stderr.write(`· wrote ${json}\n`)
}
