import { mkdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk, demo, demoPolicy, isStackless, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
let good = ''
beforeAll(async () => {
  desk = await createDesk()
  good = await readFile(demoPolicy, 'utf8')
})
afterAll(() => desk.remove())

/** What `--json` prints. */
interface Printed {
  readonly files: readonly {
    readonly ok: boolean
    readonly findings: readonly { readonly code: string; readonly path: string; readonly line: number }[]
  }[]
}

/** Line of the first line that holds a text. */
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1

describe('check', () => {
  it('what cannot be read comes first, and nothing is called missing behind it', async () => {
    const lines = (await readFile(demoPolicy, 'utf8')).split('\n')
    await desk.write('slip.yaml', [...lines.slice(0, 39), '   bad: [1,', ...lines.slice(39)].join('\n'))
    await desk.write('colon.yaml', lines.join('\n').replace(/^calendars:$/m, 'calendars'))
    for (const file of ['slip.yaml', 'colon.yaml']) {
      const { code, out } = await desk.run('check', file, '--json')
      const { files } = JSON.parse(out) as { files: { findings: { code: string }[] }[] }
      const codes = files[0]?.findings.map((f) => f.code) ?? []
      expect([file, code, codes[0]]).toEqual([file, exitCodes.badInput, 'syntax'])
      expect(codes).not.toContain('missing')
    }
    expect((await desk.run('render', 'slip.yaml')).err.split('\n')[1]).toContain(
      'Correct the YAML here'.toLowerCase().slice(0, 7),
    )
  })

  it('a file of which nothing can be read is told in the language that was asked for, with what helps', async () => {
    await desk.write('empty.yaml', ' \n')
    await mkdir(desk.path('folder.yaml'), { recursive: true })
    for (const [file, english, chinese] of [
      [
        'empty.yaml',
        'the file is empty → begin with `ka-governance init FILE`',
        '文件为空 → 请用ka-governance init FILE生成草案',
      ],
      ['folder.yaml', 'this is a folder → name a file in it', '这是一个文件夹 → 请指定其中的文件'],
      [
        'none.yaml',
        'there is no such file → check the name and the folder you are in',
        '没有这个文件 → 请检查文件名和所在文件夹',
      ],
    ] as const) {
      const [inEnglish, inChinese] = [await desk.run('check', file), await desk.run('check', file, '--locale', 'zh-CN')]
      expect([inEnglish.code, inEnglish.out.split('\n')[0]]).toEqual([exitCodes.badInput, `${file}: error: ${english}`])
      expect([inChinese.code, inChinese.out.split('\n')[0]]).toEqual([exitCodes.badInput, `${file}: 错误: ${chinese}`])
      const { files } = JSON.parse((await desk.run('check', file, '--json')).out) as Printed
      expect(files[0]?.findings.map(({ code, line }) => [code, line])).toEqual([['unreadable', 1]])
    }
    for (const args of [
      ['render', 'empty.yaml'],
      ['diff', demoPolicy, 'empty.yaml'],
    ])
      expect(await desk.run(...args, '--locale', 'zh-CN')).toMatchObject({
        code: exitCodes.badInput,
        err: 'empty.yaml: 文件为空\n  → 请用ka-governance init FILE生成草案\n',
      })
  })

  it('says that a policy can be used', async () => {
    expect(await desk.run('check', demoPolicy)).toEqual({
      code: exitCodes.ok,
      out: `${demoPolicy}: demo-manufacturer 1.0 can be used\n`,
      err: '',
    })
  })

  it('names file, line and column, clause and remedy of every finding [GOV-05]', async () => {
    const text = good.replace(/handoff:\n(\s+)amount: \d+/, 'handoff:\n$1amount: "[X]"').replace('\ngroup:', '\ngroupe:')
    await desk.write('bad.yaml', text)
    const { code, out } = await desk.run('check', 'bad.yaml')
    expect(code).toBe(exitCodes.badInput)
    const blank = lineOf(text, '[X]')
    expect(out).toMatch(new RegExp(`^bad\\.yaml:${String(blank)}:\\d+: error: .*complaint\\.handoff\\.amount.*P-04`, 'm'))
    expect(out).toMatch(new RegExp(`^bad\\.yaml:${String(lineOf(text, 'groupe:'))}:1: error: .*groupe`, 'm'))
    // What is missing from the top of the document stands where it begins.
    expect(out).toMatch(/^bad\.yaml:2:1: error: .*\(group[^a-z].*missing/m)
    expect(out).toContain('1 still to be filled in')
  })

  it('speaks Chinese and JSON', async () => {
    await desk.write('open.yaml', good.replace(/handoff:\n(\s+)amount: \d+/, 'handoff:\n$1amount: "[X]"'))
    expect((await desk.run('check', 'open.yaml', '--locale', 'zh-CN')).out).toContain('尚未填写')
    const { code, out } = await desk.run('check', 'open.yaml', demoPolicy, '--json')
    const result = JSON.parse(out) as Printed
    expect([code, out.trimEnd().split('\n').length]).toEqual([exitCodes.badInput, 1])
    expect(result).toMatchObject({ schema: 1, verb: 'check', ok: false, errors: 1, open: 1 })
    expect(result.files.map((f) => f.ok)).toEqual([false, true])
    expect(result.files[0]?.findings[0]).toMatchObject({
      path: 'complaint.handoff.amount',
      code: 'unset',
      clause: 'P-04',
      line: expect.any(Number),
    })
  })

  it('counts doubts only with --strict', async () => {
    const doubtful = good.replace(/^( {2}channels:\n)(?: {4}.*\n)+/m, '  channels: {}\n')
    await desk.write('doubtful.yaml', doubtful)
    const lenient = await desk.run('check', 'doubtful.yaml')
    expect([lenient.code, lenient.out.includes(': doubt: ')]).toEqual([exitCodes.ok, true])
    expect((await desk.run('check', 'doubtful.yaml', '--strict')).code).toBe(exitCodes.badInput)
  })

  it('mends what needs no decision, and keeps the comments', async () => {
    const text = good.replace(/^( {2}tiers:\n) {4}A: .*$/m, '$1    A: 0 # as it was agreed').replace('\nid:', '\n# kept\nid:')
    await desk.write('fix.yaml', text)
    const before = await desk.run('check', 'fix.yaml')
    expect(before.out).toContain('capacity.tiers.A')
    const { code, out } = await desk.run('check', 'fix.yaml', '--fix')
    expect([code, out.includes('mended')]).toEqual([exitCodes.ok, true])
    const after = await desk.read('fix.yaml')
    expect(after).toBe(text.replace('A: 0 # as', 'A: null # as'))
    expect((await desk.run('check', 'fix.yaml', '--strict', '--fix')).out).not.toContain('mended')
  })

  it('checks against the accounts of a portfolio', async () => {
    await desk.write('high.yaml', good.replace(/(frequency:\n\s+minPerMonth: )\d+/, '$190'))
    const alone = await desk.run('check', 'high.yaml', '--json')
    const { out } = await desk.run('check', 'high.yaml', '--data', demo, '--json')
    const checks = (text: string): string[] =>
      (JSON.parse(text) as Printed).files.flatMap((f) => f.findings.map(({ path, line }) => `${path} ${line > 1}`))
    expect(checks(alone.out)).not.toContain('tier.A.frequency.minPerMonth true')
    expect(checks(out)).toContain('tier.A.frequency.minPerMonth true')
  })

  it('what makes a document unreadable is said alone: behind it nothing was read', async () => {
    await desk.write('deep.yaml', `${good}\nnote: ${'['.repeat(5000)}`)
    await desk.write('levels.yaml', `${good}\nnote: ${'['.repeat(60)}${']'.repeat(60)}\n`)
    await desk.write('aliases.yaml', `first: &a x\nmany: [${Array(300).fill('*a').join(', ')}]\n`)
    await desk.write('twice.yaml', `${good}---\n${good}`)
    for (const [file, codes, words] of [
      ['deep.yaml', ['too_deep'], 'nested deeper than 40 levels'],
      ['levels.yaml', ['too_deep'], 'nested deeper than 40 levels'],
      ['aliases.yaml', ['too_many_aliases'], 'more than 200 uses of aliases'],
      ['twice.yaml', ['syntax'], 'a second document begins here'],
    ] as const) {
      const [checked] = (JSON.parse((await desk.run('check', file, '--json')).out) as Printed).files
      expect([file, checked?.findings.map(({ code }) => code)]).toEqual([file, codes])
      expect((await desk.run('check', file)).out).toContain(words)
      expect((await desk.run('render', file)).err).toContain(words)
    }
  })

  it('hostile and unreadable files are findings, never a stack, and stop nothing behind them', async () => {
    await mkdir(desk.path('folder'), { recursive: true })
    await desk.write('utf16.yaml', new Uint8Array([0xff, 0xfe, 0x61, 0x00]))
    await desk.write('binary.yaml', new Uint8Array([0x61, 0x3a, 0xff, 0x00, 0xc3]))
    await desk.write('huge.yaml', 'a: 1\n'.repeat(1_000_000))
    await desk.write('deep.yaml', '['.repeat(5000))
    await desk.write('proto.yaml', '__proto__: { polluted: true }\n')
    await desk.write('empty.yaml', '')
    await desk.write('\u001b[31mred.yaml', 'x: 1\n')
    const names = [
      'none.yaml',
      'folder',
      'utf16.yaml',
      'binary.yaml',
      'huge.yaml',
      'deep.yaml',
      'proto.yaml',
      'empty.yaml',
      '\u001b[31mred.yaml',
      '/dev/zero',
      'nul\u0000.yaml',
      demoPolicy,
    ]
    const answer = await desk.run('check', ...names)
    expect([answer.code, answer.err, isStackless(answer)]).toEqual([exitCodes.badInput, '', true])
    for (const said of ['there is no such file', 'this is a folder', 'UTF-16', 'not UTF-8', 'larger than', 'can be used'])
      expect(answer.out).toContain(said)
    expect(answer.out).not.toContain('\u001b')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})
