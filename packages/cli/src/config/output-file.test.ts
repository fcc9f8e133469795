import { existsSync } from 'node:fs'
import { chmod, link, mkdir, readdir, readFile, readlink, stat, symlink } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, demoPolicy, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from '../commands/shared.ts'
import { InputFileError } from './input-file.ts'
import { writeOutput } from './output-file.ts'

let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.remove())

const write = (name: string, text: string, keep: readonly string[] = []): Promise<void> =>
  writeOutput(name, text, { cwd: desk.dir, keep })
const modeOf = async (name: string): Promise<number> => (await stat(desk.path(name))).mode & 0o777

describe('an output', () => {
  it('never replaces an input, by whatever name it is called', async () => {
    await desk.write('in.yaml', 'input')
    await mkdir(desk.path('folder'))
    await symlink('in.yaml', desk.path('soft.yaml'))
    await symlink('soft.yaml', desk.path('softer.yaml'))
    await symlink('.', desk.path('here'))
    await link(desk.path('in.yaml'), desk.path('hard.yaml'))
    for (const name of [
      'in.yaml',
      './folder/../in.yaml',
      'soft.yaml',
      'softer.yaml',
      'here/in.yaml',
      'hard.yaml',
      desk.path('in.yaml'),
    ])
      for (const [output, input] of [
        [name, 'in.yaml'],
        ['in.yaml', name],
      ] as const)
        await expect(write(output, 'output', [input]), `${output} beside ${input}`).rejects.toBeInstanceOf(InputFileError)
    expect(await desk.read('in.yaml')).toBe('input')
    await write('other.yaml', 'output', ['in.yaml', 'not-there.yaml'])
    expect(await desk.read('other.yaml')).toBe('output')
  })

  it('that is not there yet is no input by a link to it either', async () => {
    await symlink('new.yaml', desk.path('link.yaml'))
    await expect(write('link.yaml', 'x', ['new.yaml'])).rejects.toThrow('reads or has just written')
    await write('link.yaml', 'x')
    expect([await desk.read('new.yaml'), await readlink(desk.path('link.yaml'))]).toEqual(['x', 'new.yaml'])
  })

  it('keeps links, and who may read and write; leaves nothing beside it', async () => {
    await desk.write('real.yaml', 'old')
    await chmod(desk.path('real.yaml'), 0o604)
    await symlink('real.yaml', desk.path('link.yaml'))
    await write('link.yaml', 'new')
    expect([await readlink(desk.path('link.yaml')), await desk.read('real.yaml'), await modeOf('real.yaml')]).toEqual([
      'real.yaml',
      'new',
      0o604,
    ])
    expect(await readdir(desk.dir)).toEqual(['link.yaml', 'real.yaml'])
  })

  it('says what stands in its way', async () => {
    await symlink('circle', desk.path('circle'))
    await desk.write('file', '')
    for (const [name, words] of [
      ['.', 'this is a folder'],
      ['no/such/folder.md', 'the folder is not there'],
      ['file/x', 'a part of the path is no folder'],
      ['circle', 'circle'],
      ['x'.repeat(300), 'too long'],
      ['a\0b', 'no file name'],
    ] as const)
      await expect(write(name, 'x'), name).rejects.toThrow(words)
    expect(await readFile(desk.path('file'), 'utf8')).toBe('')
  })

  it.runIf(existsSync('/dev/full'))('on a full disk is the machine’s failure, said in both languages: exit code 3', async () => {
    const { code, err } = await desk.run('render', demoPolicy, '--out', '/dev/full')
    expect([code, err]).toEqual([exitCodes.internal, '/dev/full: the disk is full\n  → make room on it\n'])
    expect(await desk.run('schema', '/dev/full', '--locale', 'zh-CN', '--json')).toMatchObject({
      code: exitCodes.internal,
      out: expect.stringContaining('磁盘已满') as unknown,
    })
  })
})
