// Runs the rewritten documentation blocks one after the other in one process, and answers as JSON which stated results do not hold.
import { readFileSync, writeFileSync } from 'node:fs'
import { inspect, isDeepStrictEqual } from 'node:util'

type Job = Readonly<{ file: string; count: number }>
type Failure = Readonly<{ file: string; line: number | null; message: string }>

const [input = '', output = ''] = process.argv.slice(2)
const failures: Failure[] = []
let current: Job = { file: '', count: 0 }
let reached = 0

const show = (value: unknown): string => inspect(value, { depth: 8, breakLength: 130, compact: 3, sorted: false })
const fail = (line: number | null, message: string): void => void failures.push({ file: current.file, line, message })

/** `{ total: 81, … }` matches what begins and goes on so: `…` stands for anything, and white space does not count. */
const matches = (actual: string, stated: string): boolean => {
  const squeeze = (text: string): string => text.replace(/["`]/g, "'").replace(/\s+/g, '')
  const pattern = squeeze(stated)
    .split('…')
    .map((part) =>
      part
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/,$/, ',?')
        .replace(/^,/, ',?'),
    )
    .join('[^]*')
  return new RegExp(`^${pattern}$`).test(squeeze(actual))
}

const same = (actual: unknown, stated: string, line: number, expected?: () => unknown): void => {
  reached++
  if (expected !== undefined) {
    try {
      // Frozen, branded or class-built data equals the plain data that a page can show.
      if (isDeepStrictEqual(actual, expected()) || isDeepStrictEqual(plain(actual), plain(expected()))) return
    } catch {
      // Not a value after all (`=> DocumentedName`): compared as text below.
    }
  }
  if (matches(show(actual), stated) || (typeof actual === 'string' && matches(actual, stated))) return
  fail(line, `says => ${stated}\nbut is ${show(actual)}`)
}

const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value

const logged = (actual: readonly unknown[], stated: string, line: number, expected?: () => unknown): void => {
  if (actual.length === 1) same(actual[0], stated, line, expected)
  else same(actual.map((value) => (typeof value === 'string' ? value : show(value))).join(' '), stated, line)
}

const throws = async (act: () => unknown, stated: string, line: number): Promise<void> => {
  reached++
  try {
    await act()
  } catch (error) {
    const name = /^throws?\s+(?:an?\s+)?([A-Za-z]+)/.exec(stated)?.[1]
    const names = error instanceof Error ? [error.name, error.constructor.name, 'error'] : ['error']
    if (name === undefined || names.includes(name)) return
    fail(line, `says it ${stated}\nbut threw ${show(error)}`)
    return
  }
  fail(line, `says it ${stated}\nbut nothing was thrown`)
}

Object.assign(globalThis, { __same: same, __logged: logged, __throws: throws })
for (const method of ['log', 'info', 'warn', 'error', 'table'] as const) console[method] = () => undefined

for (const job of JSON.parse(readFileSync(input, 'utf8')) as readonly Job[]) {
  current = job
  reached = 0
  try {
    await import(job.file)
    if (reached < job.count) fail(null, `states ${String(job.count)} results, but only ${String(reached)} were reached`)
  } catch (error) {
    fail(null, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}
writeFileSync(output, JSON.stringify(failures))
process.exit(0)
