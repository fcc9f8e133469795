import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { journalEntrySchema, projectionSchema } from '../ports/index.ts'
import {
  brokenStores,
  conformanceCases,
  makeChain,
  makeCommit,
  runCase,
  type ConformanceCase,
  type ConformanceSubject,
} from './index.ts'

describe('the list of cases', () => {
  test('ids are unique and can be part of an instance id', () => {
    const ids = conformanceCases.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z-]{2,30}$/)
    expect(new Set(conformanceCases.map(({ title }) => title)).size).toBe(ids.length)
  })

  test('every file of cases is in the list, and every file looks at the raw record', () => {
    const folder = fileURLToPath(new URL('./cases/', import.meta.url))
    const listed = readFileSync(`${folder}index.ts`, 'utf8')
    for (const file of readdirSync(folder).filter((name) => name !== 'index.ts')) {
      expect(listed).toContain(`./${file}`)
      expect(readFileSync(folder + file, 'utf8')).toMatch(/witness\.|expectHead|expectJournal|accounts/)
    }
  })

  test('every broken store names a case, and has an id of its own', () => {
    const ids = new Set(conformanceCases.map(({ id }) => id))
    for (const { caughtBy } of brokenStores) expect(ids).toContain(caughtBy)
    expect(new Set(brokenStores.map(({ id }) => id)).size).toBe(brokenStores.length)
  })
})

test('the entries that cases commit are valid and chained', () => {
  for (const { entry, projection } of makeChain('cmp-1', 3, { effects: ['notify'], nextDueAt: 5 })) {
    expect(journalEntrySchema.parse(entry)).toEqual(entry)
    expect(projectionSchema.parse(projection)).toEqual(projection)
  }
  const [first, second] = makeChain('cmp-1', 2)
  expect(second?.entry.previousHash).toBe(first?.entry.hash)
  expect(makeCommit({ instanceId: 'a' })).toEqual(makeCommit({ instanceId: 'a' }))
})

describe('runCase', () => {
  const subject = { store: { name: 'none', capabilities: { leases: false } } } as unknown as ConformanceSubject
  const each = (change: Partial<ConformanceCase>): ConformanceCase => ({
    id: 'x',
    title: 'x',
    run: () => Promise.resolve(),
    ...change,
  })

  test('skips only for what is not declared or not offered, and says which', async () => {
    expect(await runCase(each({ needs: ['leases'], uses: ['disturb'] }), subject)).toEqual({
      id: 'x',
      title: 'x',
      status: 'skipped',
      reason: 'the store declares no leases, the subject offers no disturb',
    })
  })

  test('reports a broken promise with its error, and closes the subject either way', async () => {
    let closed = 0
    const closing = { ...subject, close: () => (closed += 1) }
    const error = new Error('broken')
    expect(await runCase(each({ run: () => Promise.reject(error) }), closing)).toMatchObject({ status: 'failed', error })
    expect(await runCase(each({}), closing)).toMatchObject({ status: 'passed' })
    expect(closed).toBe(2)
  })

  test('gives ids of its own to every case', async () => {
    const ids: string[] = []
    await runCase(each({ id: 'one', run: (ctx) => Promise.resolve(void ids.push(ctx.id(), ctx.id('b'))) }), subject)
    await runCase(each({ id: 'two', run: (ctx) => Promise.resolve(void ids.push(ctx.id())) }), { ...subject, prefix: 'run7' })
    expect(ids).toEqual(['conf-one-a', 'conf-one-b', 'run7-two-a'])
  })
})
