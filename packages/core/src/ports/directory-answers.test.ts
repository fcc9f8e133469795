import { expect, test } from 'vitest'
import { StoreError } from '../errors/index.ts'
import { directoryAnswer, directoryNotKnown, refuseSharedIds, unmappedRoles } from './directory-answers.ts'

const failing = (error: unknown) => directoryAnswer(() => Promise.reject(error as Error))

test('whatever happens instead of an answer is unavailable, with what it was', async () => {
  expect(await directoryAnswer(() => Promise.resolve(1))).toBe(1)
  const down = new StoreError('unavailable', 'down')
  await expect(failing(down)).rejects.toBe(down)
  const cause = new StoreError('forbidden', 'no right', { details: { status: 403 }, actions: ['Give it the right.'] })
  await expect(failing(cause)).rejects.toMatchObject({
    ...{ code: 'unavailable', cause, details: { status: 403, because: 'forbidden' }, actions: ['Give it the right.'] },
  })
  await expect(failing(new TypeError('x'))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('x') as string,
  })
  await expect(failing('x')).rejects.toMatchObject({ code: 'unavailable', details: {} })
})

test('all places that are wrong are told at once', () => {
  const findings = ['a', 'b'].map((path) => ({ path, code: 'missing', message: `no ${path}`, remedy: `name ${path}` }))
  expect(directoryNotKnown(findings)).toMatchObject({
    ...{ code: 'unavailable', details: { places: ['a', 'b'] }, actions: ['name a', 'name b'] },
    message: 'the directory cannot answer: a: no a; b: no b',
  })
})

test('an id that several users share is refused to whoever asks about it, and to nobody else', () => {
  const shared = new Set(['boss'])
  expect(() => refuseSharedIds(shared, ['u-liu'])).not.toThrow()
  expect(() => refuseSharedIds(shared, ['u-liu', 'boss'])).toThrow(
    expect.objectContaining({ code: 'unavailable', details: { shared: ['boss'] } }) as Error,
  )
})

test('roles of the policy that nobody is named for are warned of, others are not', () => {
  expect(unmappedRoles(['head', 'sales'], [{ role: 'sales' }, { role: 'more' }])).toEqual([
    expect.objectContaining({ path: 'roles.head', code: 'unmapped', severity: 'warning' }),
  ])
})
