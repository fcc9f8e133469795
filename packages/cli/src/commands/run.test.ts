import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk, demo, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
beforeAll(async () => {
  desk = await createDesk()
  await cp(demo, desk.path('data'), { recursive: true })
})
afterAll(() => desk.remove())

const contents = async (): Promise<readonly string[]> =>
  Promise.all((await readdir(demo)).sort().map((name) => readFile(desk.path(`data/${name}`), 'utf8')))

describe('run', () => {
  it('a file in place of the folder of results is named, with what helps, in both languages', async () => {
    await desk.write('taken', '')
    for (const [locale, said, where] of [
      ['en', 'there is a file of this name\n  → name a folder', 'taken'],
      ['zh-CN', '已有同名文件\n  → 请指定文件夹', 'taken'],
      ['zh-CN', '路径中有一部分不是文件夹\n  → 请检查路径', 'taken/out'],
    ] as const) {
      const out = desk.path(where)
      const told = await desk.run('run', '--data', desk.path('data'), '--out', out, '--locale', locale)
      expect(told).toEqual({ code: exitCodes.badInput, out: '', err: `${out}: ${said}\n` })
    }
    expect(await readFile(desk.path('taken'), 'utf8')).toBe('')
  })

  it('rejected rows say why in the language that was asked for', async () => {
    const rejected = async (locale: string): Promise<readonly string[]> => {
      // A policy in another currency ends the run when the rows have been read.
      const { code } = await desk.run(
        'run',
        '--data',
        demo,
        '--policy',
        'adventure-works',
        '--locale',
        locale,
        '--out',
        desk.path(locale),
      )
      expect(code).toBe(exitCodes.badInput)
      return (await desk.read(`${locale}/rejected.csv`)).trim().split('\r\n').slice(1)
    }
    const [english, chinese] = [await rejected('en'), await rejected('zh-CN')]
    expect([english.length, chinese.length]).toEqual([7, 7])
    expect(english.join('')).toContain('the account files do not have this account')
    for (const row of chinese) expect(row).toMatch(/\p{Script=Han}{4}/u)
    expect(chinese.join('')).not.toMatch(/correct|the account|not a/)
  })

  it('never writes its results over the files that it reads', async () => {
    const before = await contents()
    await mkdir(desk.path('out'))
    await symlink('../data/accounts.csv', desk.path('out/accounts.csv'))
    for (const out of ['data', 'out']) {
      const { code, err } = await desk.run('run', '--data', desk.path('data'), '--out', desk.path(out), '--max-complaints', '1')
      expect([out, code, err]).toEqual([
        out,
        exitCodes.badInput,
        expect.stringContaining('this is a file that the command reads'),
      ])
    }
    expect(await contents()).toEqual(before)
    expect((await readdir(join(desk.dir, 'out'))).filter((name) => name.endsWith('.csv')).sort()).toEqual([
      'accounts.csv',
      'rejected.csv',
    ])
  })
})
