import { link, mkdir, readFile, symlink } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createDesk, demoPolicy, isStackless, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
beforeAll(async () => {
  desk = await createDesk()
})
afterAll(() => desk.remove())

describe('render', () => {
  it('Markdown in both languages', async () => {
    const english = await desk.run('render', demoPolicy)
    expect([english.code, english.out.startsWith('# '), english.out.includes('\n## 1. ')]).toEqual([exitCodes.ok, true, true])
    expect((await desk.run('render', demoPolicy, '--locale', 'zh-CN')).out).toContain('客户级别')
  })

  it('what cannot be read is named as it was given, here and by the other commands', async () => {
    await mkdir(desk.path('folder.yaml'), { recursive: true })
    for (const line of [
      ['render', 'folder.yaml'],
      ['diff', 'folder.yaml', demoPolicy],
      ['verify-journal', 'folder.yaml'],
      ['verify-journal', demoPolicy, '--heads', 'folder.yaml'],
    ]) {
      const { code, err } = await desk.run(...line)
      expect([code, err]).toEqual([exitCodes.badInput, expect.stringContaining('folder.yaml: this is a folder')])
      expect(err).not.toContain(desk.path('folder.yaml'))
    }
  })

  it('one page without script or network, into a file', async () => {
    const { code, out } = await desk.run('render', demoPolicy, '--html', '--out', 'policy.html')
    expect([code, out]).toEqual([exitCodes.ok, 'Written: policy.html\n'])
    const page = await desk.read('policy.html')
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).not.toMatch(/<script|src=|https?:/)
    expect(page).toContain('@media print')
    for (const [, id = ''] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`)
  })

  it('names that a policy made up stay text', async () => {
    const text = await readFile(demoPolicy, 'utf8')
    await desk.write(
      'hostile.yaml',
      text.replace(/^title:\n {2}en: .*$/m, 'title:\n  en: "<script>alert(1)</script> [x](http://y)"'),
    )
    const page = await desk.run('render', 'hostile.yaml', '--html')
    expect([page.code, page.out.includes('<script')]).toEqual([exitCodes.ok, false])
    expect((await desk.run('render', 'hostile.yaml')).out).not.toContain('<script')
  })

  it('a draft is told its findings with lines; a file that cannot be written is named', async () => {
    await desk.write('draft.yaml', 'id: x\n')
    const draft = await desk.run('render', 'draft.yaml')
    expect([draft.code, isStackless(draft)]).toEqual([exitCodes.badInput, true])
    expect(draft.err).toMatch(/draft\.yaml:1:1: error/)
    const lost = await desk.run('render', demoPolicy, '--out', 'no/such/folder.md')
    expect([lost.code, lost.err.includes('the folder is not there')]).toEqual([exitCodes.badInput, true])
    const json = JSON.parse((await desk.run('render', 'draft.yaml', '--json')).out)
    expect(json).toMatchObject({ schema: 1, ok: false, exitCode: exitCodes.badInput, error: { code: 'policy' } })
  })
})

describe('what render and schema write', () => {
  it('never replaces the policy that is read', async () => {
    const text = await readFile(demoPolicy, 'utf8')
    await desk.write('own.yaml', text)
    await symlink('own.yaml', desk.path('soft.md'))
    await link(desk.path('own.yaml'), desk.path('hard.html'))
    for (const out of ['own.yaml', './own.yaml', 'soft.md', 'hard.html']) {
      const { code, err } = await desk.run('render', 'own.yaml', '--out', out)
      expect([out, code, err]).toEqual([
        out,
        exitCodes.badInput,
        expect.stringContaining('this is a file that the command reads'),
      ])
    }
    expect(await desk.read('own.yaml')).toBe(text)
  })

  it('a schema replaces nothing but a schema', async () => {
    await desk.write('mine.json', '{"id":"key-accounts"}')
    await desk.write('mine.yaml', 'id: x\n')
    await symlink('mine.json', desk.path('link.json'))
    for (const [file, exit] of [
      ['mine.json', exitCodes.badInput],
      ['link.json', exitCodes.badInput],
      ['mine.yaml', exitCodes.usage],
      ['new.yml', exitCodes.usage],
    ] as const) {
      const answer = await desk.run('schema', file)
      expect([file, answer.code, answer.out, isStackless(answer)]).toEqual([file, exit, '', true])
    }
    expect([await desk.read('mine.json'), await desk.read('mine.yaml')]).toEqual(['{"id":"key-accounts"}', 'id: x\n'])
    for (const _ of [1, 2]) expect((await desk.run('schema', 'again.json')).code).toBe(exitCodes.ok)
  })
})

describe('schema', () => {
  it('is a document on standard output, the hint beside it', async () => {
    const { code, out, err } = await desk.run('schema')
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(out))
    expect(validate(parse(await readFile(demoPolicy, 'utf8')))).toBe(true)
    expect(validate({ id: 1 })).toBe(false)
    expect([code, err]).toEqual([
      exitCodes.ok,
      'First line of the policy, for VS Code with the YAML extension:\n# yaml-language-server: $schema=policy.schema.json\n',
    ])
  })

  it('into a file', async () => {
    const { out } = await desk.run('schema', 'my.schema.json', '--json', '--locale', 'zh-CN')
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      verb: 'schema',
      ok: true,
      file: 'my.schema.json',
      hint: '# yaml-language-server: $schema=my.schema.json',
    })
    expect(JSON.parse(await desk.read('my.schema.json'))).toHaveProperty('$schema')
  })
})
