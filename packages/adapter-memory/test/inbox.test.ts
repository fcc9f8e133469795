import { isGovernanceError, type InboundAnswer } from '@ka-governance/core'
import { checkDump, createMemoryClient, createMemoryStore, dumpMemory, type MemoryDump } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'

const accept = { kind: 'complaint', instanceId: 'cmp-1', command: 'accept', actor: 'u-peters' } as const
const answer = (id: string, status: InboundAnswer['status'], text: string): InboundAnswer => ({
  id,
  status,
  text,
  instanceId: 'cmp-1',
  entryKey: status === 'accepted' ? 'cmp-1-000002' : null,
  state: 'assigned',
  nextDueAt: 5,
  tries: 1,
})

describe('the people’s side of the inbox', () => {
  test('leaves commands, reads answers, and edits what has none', async () => {
    const { inbox } = createMemoryStore({ clock: () => 7 })
    const [one, two] = [
      inbox.submit({ ...accept, form: { note: 'seen' }, expectedVersion: 3, locale: 'zh' }),
      inbox.submit(accept),
    ]
    expect(await inbox.pending({ limit: 1 })).toEqual([
      {
        ...accept,
        id: one,
        place: one,
        form: '{"note":"seen"}',
        expectedVersion: 3,
        locale: 'zh',
        onBehalfOf: null,
        at: 7,
        tries: 0,
      },
    ])
    expect(inbox.edit(one, '{}')).toBe(true)
    expect((await inbox.pending({ limit: 1 }))[0]?.form).toBe('{}')
    await inbox.answer([answer(one, 'pending', 'later'), answer(two, 'refused', 'no')])
    expect([inbox.answerTo(one), inbox.answerTo('in-none')]).toEqual([null, null])
    expect(inbox.answerTo(two)).toEqual(answer(two, 'refused', 'no'))
    expect(inbox.edit(two, '{}')).toBe(false)
    expect(inbox.edit('in-none', '{}')).toBe(false)
  })

  test('shares nothing with whoever leaves or reads', async () => {
    const { inbox } = createMemoryStore()
    const form = { note: 'seen' }
    const id = inbox.submit({ ...accept, form })
    form.note = 'changed'
    const [row] = await inbox.pending({ limit: 1 })
    expect(row?.form).toBe('{"note":"seen"}')
    await inbox.answer([answer(id, 'accepted', 'done')])
    Object.assign(inbox.answerTo(id) ?? {}, { text: 'changed' })
    expect(inbox.answerTo(id)?.text).toBe('done')
  })

  test('half a surrogate pair is refused before anything is stored', async () => {
    const { inbox } = createMemoryStore()
    const refused = (work: () => unknown): boolean => {
      try {
        work()
        return false
      } catch (error) {
        return isGovernanceError(error, 'invalid_input')
      }
    }
    expect(refused(() => inbox.submit({ ...accept, form: { note: '\ud83d' } }))).toBe(true)
    expect(refused(() => inbox.submit({ ...accept, kind: '\ud83d' }))).toBe(true)
    const id = inbox.submit(accept)
    expect(refused(() => inbox.edit(id, '"\ud83d"'))).toBe(true)
    await expect(inbox.answer([answer(id, 'refused', 'no'), answer(id, 'failed', '\ud83d')])).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(inbox.answerTo(id)).toBeNull()
    expect(await inbox.pending({ limit: 5 })).toHaveLength(1)
  })

  test('two stores over one database have one inbox', async () => {
    const client = createMemoryClient()
    const [one, two] = [createMemoryStore({ client }), createMemoryStore({ client })]
    const id = one.inbox.submit(accept)
    await two.inbox.answer([answer(id, 'accepted', 'done')])
    expect(one.inbox.answerTo(id)?.status).toBe('accepted')
    client.close()
    await expect(one.inbox.pending({ limit: 1 })).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('a dump holds the inbox', () => {
  test('what waits, waits; what was answered, is; no id is given twice', async () => {
    const before = createMemoryStore()
    const [done, waiting] = [before.inbox.submit(accept), before.inbox.submit(accept)]
    await before.inbox.answer([answer(done, 'accepted', 'done')])
    const after = createMemoryStore({ from: JSON.parse(JSON.stringify(before.dump())) as MemoryDump })
    expect((await after.inbox.pending({ limit: 5 })).map(({ id }) => id)).toEqual([waiting])
    expect(after.inbox.answerTo(done)).toEqual(answer(done, 'accepted', 'done'))
    expect([done, waiting]).not.toContain(after.inbox.submit(accept))
    expect(dumpMemory(after.client).tables.commands).toHaveLength(3)
  })

  test('one from before there was an inbox has an empty one', async () => {
    const { commands: _, ...tables } = createMemoryStore().dump().tables
    const old = { format: 'ka-governance-memory', version: 1, tables }
    expect(checkDump(old)).toEqual([])
    const { inbox } = createMemoryStore({ from: old as unknown as MemoryDump })
    expect(await inbox.pending({ limit: 5 })).toEqual([])
  })

  test.each([
    ['an id that no counter gave', { id: 'in-1' }, 'tables.commands[0]'],
    ['a status that there is not', { status: 'done' }, 'tables.commands[0].status'],
    ['no form', { form: null }, 'tables.commands[0].form'],
  ])('%s is no row', (_, change, path) => {
    const store = createMemoryStore()
    store.inbox.submit(accept)
    const dump = store.dump()
    const [row] = dump.tables.commands
    const spoilt = { ...dump, tables: { ...dump.tables, commands: [{ ...row, ...change }] } }
    expect(checkDump(spoilt).map((finding) => finding.path)).toEqual([path])
  })
})
