import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, demoPolicy, isStackless, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from '../commands/shared.ts'
import { ConfigError } from './config-error.ts'
import { loadConfig } from './load-config.ts'

let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.remove())

const policy = JSON.stringify(demoPolicy)
const store = `{
  name: 'own', capabilities: {},
  load() {}, commit() {}, entryByKey() {}, history() {}, due() {}, find() {}, project() {},
  effects: { pending() {}, ack() {}, fail() {}, dead() {}, revive() {} },
  personal: { read() {}, erase() {} }, policies: { get() {}, put() {}, list() {} }, accounts: { get() {}, list() {}, facts() {} },
}`

describe('a configuration', () => {
  it('is found in the folder: module before JSON; none is none', async () => {
    expect(await loadConfig(undefined, desk.dir)).toBeNull()
    await desk.write('ka-governance.config.json', JSON.stringify({ store: { registry: 'r' }, policy: demoPolicy }))
    expect(await loadConfig(undefined, desk.dir)).toMatchObject({
      file: 'ka-governance.config.json',
      store: { registry: desk.path('r') },
      policy: { id: 'demo-manufacturer' },
    })
    await desk.write('ka-governance.config.mjs', `export const store = ${store}\nexport const policy = ${policy}`)
    expect(await loadConfig(undefined, desk.dir)).toMatchObject({ file: 'ka-governance.config.mjs', store: { name: 'own' } })
  })

  it('may export one object as default, make its store, and name people, handlers and calendars', async () => {
    await desk.write(
      'my.mjs',
      `export default {
        store: async () => (${store}), policy: ${policy},
        directory: { rolesOf() {}, members() {}, delegations() {}, superiorOf() {} },
        handlers: { default: async () => {} },
        calendars: { main: { timeZone: 'Asia/Shanghai', week: { mon: [['09:00', '17:00']] } } },
      }`,
    )
    expect(await loadConfig('my.mjs', desk.dir)).toMatchObject({
      store: { name: 'own' },
      handlers: { default: expect.any(Function) },
      calendars: { main: { timeZone: 'Asia/Shanghai' } },
    })
  })

  it.each([
    ['', 'export default 1', ''],
    ['', 'throw new Error("no")', ''],
    ['', 'export const {', ''],
    ['an unknown key', `export const store = ${store}, policy = ${policy}, polices = 1`, 'polices'],
    ['no store', `export const policy = ${policy}`, 'store'],
    ['a store that is none', `export const store = { load: 1 }, policy = ${policy}`, 'store.load'],
    ['half a store', `export const store = { ...${store}, effects: {} }, policy = ${policy}`, 'store.effects.pending'],
    ['a store that cannot be made', `export const store = () => { throw new Error('offline') }, policy = ${policy}`, 'store'],
    ['a getter that throws', `export default { get store() { throw new Error('x') }, policy: ${policy} }`, 'store'],
    ['a proxy that throws', `export default new Proxy({}, { ownKeys() { throw new Error('x') } })`, ''],
    ['no policy', `export const store = ${store}`, 'policy'],
    ['a policy that is none', `export const store = ${store}, policy = { id: 1 }`, 'policy'],
    ['half a directory', `export const store = ${store}, policy = ${policy}, directory = { rolesOf() {} }`, 'directory.members'],
    ['handlers that are none', `export const store = ${store}, policy = ${policy}, handlers = { tell: 1 }`, 'handlers.tell'],
    [
      'a calendar that is none',
      `export const store = ${store}, policy = ${policy}, calendars = { main: { week: {} } }`,
      'calendars.main',
    ],
  ])('with %s names file and key', async (_, text, key) => {
    await desk.write('bad.mjs', text)
    const error = await loadConfig('bad.mjs', desk.dir).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ConfigError)
    const { file, key: at, remedy } = error as ConfigError
    expect([file, at.startsWith(key), remedy !== '']).toEqual(['bad.mjs', true, true])
  })

  it('JSON that is none, a folder, another kind of file: a message, never a stack', async () => {
    await desk.write('bad.json', '{')
    await desk.write('list.json', '[]')
    await desk.write('config.txt', '')
    for (const name of ['bad.json', 'list.json', 'config.txt', 'none.mjs', 'none.json']) {
      const answer = await desk.run('explain', 'a-1', '--config', name)
      expect([name, answer.code, isStackless(answer)]).toEqual([name, exitCodes.badInput, true])
    }
  })
})
