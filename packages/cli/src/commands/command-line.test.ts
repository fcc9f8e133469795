import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk, demoPolicy, isStackless, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
beforeAll(async () => {
  desk = await createDesk()
})
afterAll(() => desk.remove())

const verbs = [
  'init',
  'check',
  'explain',
  'simulate',
  'diff',
  'render',
  'schema',
  'publish',
  'run',
  'verify-journal',
  'mappings',
  'policies',
]

/** The program as a process of its own, out of the sources. */
function spawnBin(args: readonly string[], stdout: 'pipe' | number): ChildProcess {
  const script = `
    import { registerHooks } from 'node:module'
    const source = (path) => new URL(path, ${JSON.stringify(new URL('../../../', import.meta.url).href)}).href
    const known = {
      '@ka-governance/core': source('core/src/index.ts'),
      '@ka-governance/core/machines': source('core/src/machines.ts'),
      '@ka-governance/adapter-memory': source('adapter-memory/src/index.ts'),
    }
    registerHooks({ resolve: (name, context, next) => (known[name] ? { url: known[name], shortCircuit: true } : next(name, context)) })
    process.argv = [process.argv[0], 'ka-governance', ...${JSON.stringify(args)}]
    await import(source('cli/src/bin.ts'))`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', stdout, 'pipe'] })
}

describe('the command line', () => {
  it('every verb has help with its exit codes and --json', async () => {
    const whole = (await desk.run('--help')).out
    for (const verb of verbs) {
      expect(whole).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'))
      const { code, out } = await desk.run(verb, '--help')
      expect([verb, code, out.includes('Exit codes: 0 done')]).toEqual([verb, exitCodes.ok, true])
      if (verb !== 'publish') expect(out).toContain('--json')
    }
    for (const step of ['open', 'check', 'what-if', 'submit', 'vote', 'status', 'withdraw', 'move'])
      expect((await desk.run('publish', step, '--help')).out).toContain('--json')
  })

  it('suggests the nearest verb, and runs nothing', async () => {
    for (const [typed, near] of [
      ['chekc', 'check'],
      ['exlpain', 'explain'],
      ['verify', 'verify-journal'],
    ] as const) {
      const answer = await desk.run(typed)
      expect([answer.code, answer.out, answer.err.includes('unknown command')]).toEqual([exitCodes.usage, '', true])
      if (typed !== 'verify') expect(answer.err).toContain(`Did you mean ${near}?`)
    }
  })

  it('prints its version', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      readonly version: string
    }
    expect((await desk.run('--version')).out).toBe(`${manifest.version}\n`)
  })

  it('with --json a failure is one object, too', async () => {
    for (const [args, exitCode] of [
      [['render', 'none.yaml'], exitCodes.badInput],
      [['render', 'unheard-of'], exitCodes.usage],
      [['check', '--nonsense'], exitCodes.usage],
      [['chekc'], exitCodes.usage],
    ] as const) {
      const answer = await desk.run(...args, '--json')
      const said = JSON.parse(answer.out) as { readonly error: { readonly message: string } }
      expect([args, answer.code]).toEqual([args, exitCode])
      expect(said).toMatchObject({ schema: 1, ok: false, exitCode })
      expect([said.error.message !== '', isStackless(answer)]).toEqual([true, true])
    }
  })

  it('says in Chinese what is wrong with files and with the command line, where Chinese was asked for', async () => {
    await desk.write('slip.yaml', 'id: [')
    for (const args of [
      ['check', '--nonsense'],
      ['chekc'],
      ['check'],
      ['diff', 'a'],
      ['diff', 'a', 'b', 'c'],
      ['simulate', 'x.yaml', '--movers', '-1'],
      ['simulate', 'x.yaml', '--sensitivity', '0'],
      ['simulate', 'x.yaml', '--sensitivity'],
      ['publish', 'withdraw', 'x.yaml'],
      ['publish', 'status', 'x.yaml', '--registry', 'nowhere'],
      ['publish', 'vote', 'pol-x--1-0', 'maybe'],
      ['publish', 'submit', 'pol-x--1-0'],
      ['render', 'none.yaml'],
      ['render', 'unheard-of'],
      ['render', 'slip.yaml'],
      ['render', 'manufacturer-cn', '--out', 'no/such/file'],
      ['explain', 'x'],
      ['schema', 'x.yaml'],
      ['init', '--preset', 'unheard-of'],
      ['run', '--data', 'nowhere', '--policy', 'unheard-of'],
    ]) {
      const { code, err } = await desk.run(...args, '--locale', 'zh-CN')
      const [first = '', second = ''] = err.split('\n')
      expect([args, code === exitCodes.usage || code === exitCodes.badInput, first]).toEqual([
        args,
        true,
        expect.stringMatching(/\p{Script=Han}/u),
      ])
      expect([args, second]).toEqual([args, expect.stringMatching(/\p{Script=Han}|^$/u)])
      const english = await desk.run(...args)
      expect([args, english.code, english.err.replaceAll(/“.*?”/g, '')]).toEqual([
        args,
        code,
        expect.not.stringMatching(/\p{Script=Han}/u),
      ])
    }
  })

  it('mappings, configurations and CSV files that cannot be used are told in the language that was asked for, to the last line', async () => {
    await mkdir(desk.path('data'), { recursive: true })
    const own = 'id: own\ntitle: { en: Own, zh-CN: 自有 }\ntimeZone: Asia/Shanghai\ncurrency: CNY\n'
    const orders = 'orders: { files: [o.csv], columns: { account: a, date: d, amount: m } }\n'
    const mappings = {
      'kinds.yaml': `id: 3\ntimeZone: Nowhere\ncurrency: CLF\ndecimal: x\ndates: { from: 1 }\ncomplaints: { shape: z }\ncolour: 1\n`,
      'sizes.yaml': `${own}orders: { files: [], columns: { account: '', date: d }, dateFormat: x, returns: { negative: maybe } }\n`,
      'slip.yaml': 'id: [',
      'twice.yaml': `${own}---\n${own}`,
      'deep.yaml': '['.repeat(5000),
      'alias.yaml': 'id: &a x\ntitle: *a\n',
      'good.yaml': own + orders,
    }
    for (const [name, text] of Object.entries(mappings)) await desk.write(name, text)
    await desk.write('data/o.csv', 'a,d\n1,2025-01-01\n')
    for (const [name, text] of [
      ['json', '{'],
      ['list', '[]'],
      ['key', '{"polices":1}'],
      ['empty', '{}'],
      ['store', '{"store":{"registry":"r"}}'],
      ['policy', '{"store":{"registry":"r"},"policy":{"id":1}}'],
    ] as const)
      await desk.write(`${name}.json`, text)
    const run = (mapping: string) => ['run', '--data', desk.path('data'), '--policy', demoPolicy, '--mapping', desk.path(mapping)]
    for (const args of [
      ...[...Object.keys(mappings), 'none.yaml'].map(run),
      ['run', '--data', desk.path('none'), '--policy', demoPolicy, '--mapping', desk.path('good.yaml')],
      ...['json', 'list', 'key', 'empty', 'store', 'policy'].map((name) => ['explain', 'a-1', '--config', `${name}.json`]),
      ['explain', 'a-1', '--config', 'kinds.yaml'],
    ]) {
      const [english, chinese] = [await desk.run(...args), await desk.run(...args, '--locale', 'zh-CN')]
      expect([args, english.code, chinese.code]).toEqual([args, exitCodes.badInput, exitCodes.badInput])
      const [inEnglish, inChinese] = [english, chinese].map(({ err }) => err.trimEnd().split('\n')) as [string[], string[]]
      expect([args, inChinese.length]).toEqual([args, inEnglish.length])
      for (const line of inChinese) expect([args, line]).toEqual([args, expect.stringMatching(/\p{Script=Han}/u)])
      for (const line of inEnglish)
        expect([args, line.replaceAll(/自有(门店)?/g, '')]).toEqual([args, expect.not.stringMatching(/\p{Script=Han}/u)])
    }
  })

  it('colours only where they are wanted', async () => {
    expect((await desk.run('check', demoPolicy)).out).not.toContain('\u001b')
    expect((await desk.runWith({ color: true }, 'check', demoPolicy)).out).toContain('\u001b[')
  })

  it('a reader that goes away is no error', async () => {
    const { code, err } = await new Promise<{ readonly code: number | null; readonly err: string }>((done) => {
      const child = spawnBin(['schema'], 'pipe')
      let err = ''
      // Closed after the first bytes of a long document.
      child.stdout?.once('data', () => child.stdout?.destroy())
      child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
      child.on('close', (code) => done({ code, err }))
    })
    expect([code, err.includes('EPIPE')]).toEqual([exitCodes.ok, false])
  })

  it.runIf(existsSync('/dev/full'))('what standard output does not take is said in the language that was asked for', async () => {
    for (const [locale, said] of [
      ['en', 'standard output: the disk is full\n'],
      ['zh-CN', '标准输出: 磁盘已满\n'],
    ] as const) {
      const full = openSync('/dev/full', 'w')
      const { code, err } = await new Promise<{ readonly code: number | null; readonly err: string }>((done) => {
        const child = spawnBin(['schema', '--locale', locale], full)
        let err = ''
        child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
        child.on('close', (code) => done({ code, err }))
      })
      closeSync(full)
      expect([code, err.slice(err.lastIndexOf('\n', err.length - 2) + 1)]).toEqual([exitCodes.internal, said])
    }
  })
})
