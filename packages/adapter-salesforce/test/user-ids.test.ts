import { expect, test } from 'vitest'
import { createUserIds } from '../src/native/users.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

test('who a person is in the org is asked again after ten minutes: an id may go to another user, or to a second one', async () => {
  const fake = createFakeSalesforce()
  let now = 0
  const userIds = createUserIds(storeOn(fake).client, 'Name', () => now)
  const user = (): string => fake.org.create('User', { Name: 'u-li' }, 0)
  const first = user()
  const recordOf = async (): Promise<string | undefined> => (await userIds(['u-li'])).get('u-li')
  expect(await recordOf()).toBe(first)
  fake.org.update('User', first, { Name: 'u-gone' })
  const second = user()
  now = 599_999
  expect([await recordOf(), fake.log.length]).toEqual([first, 1])
  now = 600_000
  expect([await recordOf(), fake.log.length]).toEqual([second, 2])
  user()
  // A clock that was set back makes nothing young again.
  now = 0
  expect(await recordOf()).toBeUndefined()
})
