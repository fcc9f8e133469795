import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, type Desk } from '../../test/cli-harness.ts'
import { InputFileError } from './input-file.ts'
import { takeLock } from './lock.ts'
import { openStore, withStore } from './open-store.ts'
import { readRegistry, writeRegistry } from './registry-file.ts'

let desk: Desk
let dir = ''
beforeEach(async () => {
  desk = await createDesk()
  dir = desk.path('registry')
})
afterEach(() => desk.remove())

const record = (version: string) => ({ id: 'p', version, hash: version.padEnd(64, '0'), document: '{}' })
const versions = async (): Promise<readonly string[]> => {
  const { store } = await openStore({ registry: dir })
  const found: string[] = []
  for await (const { version } of store.policies.list()) found.push(version)
  return found
}

describe('a registry on disk', () => {
  it('keeps what was accepted, also when the work fails afterwards', async () => {
    await withStore({ registry: dir }, (store) => store.policies.put(record('1')))
    await expect(
      withStore({ registry: dir }, async (store) => {
        await store.policies.put(record('2'))
        throw new Error('afterwards')
      }),
    ).rejects.toThrow('afterwards')
    expect(await versions()).toEqual(['1', '2'])
    expect(await readdir(dir)).toEqual(['registry.json'])
  })

  it('ten writers at once lose nothing', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        withStore({ registry: dir }, (store) => store.policies.put(record(String(i))), { patience: 30_000 }),
      ),
    )
    expect(await versions()).toEqual(Array.from({ length: 10 }, (_, i) => String(i)))
  })

  it('is made only by who may make one: reading where there is none is refused, and leaves nothing behind', async () => {
    await expect(versions()).rejects.toThrow('there is no registry here')
    const nothing = withStore({ registry: dir }, (store) => store.policies.get('p', '1'), { create: false })
    await expect(nothing).rejects.toThrow('there is no registry here')
    expect(await readdir(desk.dir)).toEqual([])
    await mkdir(dir)
    await expect(versions()).rejects.toThrow('there is no registry here')
    await desk.write('file', '')
    await expect(withStore({ registry: desk.path('file') }, async () => null)).rejects.toThrow('a registry is a folder')
  })

  it('reading writes nothing', async () => {
    await withStore({ registry: dir }, (store) => store.policies.put(record('1')))
    const before = await readFile(join(dir, 'registry.json'), 'utf8')
    await withStore({ registry: dir }, (store) => store.policies.get('p', '1'))
    expect(await readFile(join(dir, 'registry.json'), 'utf8')).toBe(before)
  })

  it('what is cut off, changed or no registry is refused, never read by halves', async () => {
    await withStore({ registry: dir }, (store) => store.policies.put(record('1')))
    const path = join(dir, 'registry.json')
    const whole = await readFile(path, 'utf8')
    const [head = '', body = ''] = whole.split('\n')
    for (const text of [
      '',
      '{}',
      '[]',
      'null',
      head,
      whole.slice(0, -20),
      `${head}\n${body.replace('"1"', '"9"')}\n`,
      `${whole}x\n`,
      '{"format":"ka-governance-registry","version":2}\n{}\n',
    ]) {
      await writeFile(path, text)
      await expect(readRegistry(dir)).rejects.toBeInstanceOf(InputFileError)
    }
    await writeFile(path, whole)
    expect(await versions()).toEqual(['1'])
  })

  it('a file that somebody else has written meanwhile is not overwritten', async () => {
    const mine = await readRegistry(dir)
    await withStore({ registry: dir }, (store) => store.policies.put(record('1')))
    await mine.store.policies.put(record('2'))
    await expect(writeRegistry(dir, mine)).rejects.toThrow('somebody else has changed it')
    expect([await versions(), await readdir(dir)]).toEqual([['1'], ['registry.json']])
  })

  it('leftovers of a process that died are removed by the next writer', async () => {
    await mkdir(dir)
    await writeFile(join(dir, 'registry.json.dead.tmp'), 'half')
    await withStore({ registry: dir }, (store) => store.policies.put(record('1')))
    expect(await readdir(dir)).toEqual(['registry.json'])
  })
})

describe('the lock', () => {
  const lockFile = (): string => join(dir, 'registry.lock')

  it('of a living process is respected, and its holder named', async () => {
    const lock = await takeLock(lockFile())
    await expect(takeLock(lockFile(), { patience: 60 })).rejects.toThrow(`process ${String(process.pid)} of ${hostname()}`)
    await lock.release()
    await (await takeLock(lockFile(), { patience: 60 })).release()
  })

  it('of a process that is gone is taken over at once', async () => {
    await mkdir(dir)
    await writeFile(lockFile(), JSON.stringify({ token: 'old', pid: 2 ** 22 + 12345, host: hostname() }))
    const lock = await takeLock(lockFile(), { patience: 0 })
    expect(await lock.isHeld()).toBe(true)
    await lock.release()
    expect(await readdir(dir)).toEqual([])
  })

  it.each([
    ['of another machine', JSON.stringify({ token: 'x', pid: 1, host: 'elsewhere' })],
    ['that is cut off', '{"tok'],
    ['that is hostile', JSON.stringify({ token: {}, pid: -1, host: null })],
  ])('%s is taken over only when it is old', async (_, text) => {
    await mkdir(dir)
    await writeFile(lockFile(), text)
    await expect(takeLock(lockFile(), { patience: 30 })).rejects.toBeInstanceOf(InputFileError)
    const longAgo = new Date(Date.now() - 3_600_000)
    await utimes(lockFile(), longAgo, longAgo)
    await (await takeLock(lockFile(), { patience: 30 })).release()
  })

  it('that was lost keeps its former holder from writing, and from removing the new one', async () => {
    const lost = withStore({ registry: dir }, async (store) => {
      await store.policies.put(record('1'))
      await writeFile(lockFile(), JSON.stringify({ token: 'new', pid: process.pid, host: hostname() }))
    })
    await expect(lost).rejects.toThrow('nothing was written')
    expect(await readdir(dir)).toEqual(['registry.lock'])
  })
})
