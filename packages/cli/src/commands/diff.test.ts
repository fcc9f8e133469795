import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk, demoPolicy, type Desk } from '../../test/cli-harness.ts'
import { wordDiff } from '../output/word-diff.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
beforeAll(async () => {
  desk = await createDesk()
  const text = await readFile(demoPolicy, 'utf8')
  await desk.write(
    'next.yaml',
    text
      .replace(/(handoff:\n\s+amount: )4/, '$16')
      .replace('version: "1.0"', 'version: "1.1"')
      .replace("version: '1.0'", "version: '1.1'"),
  )
})
afterAll(() => desk.remove())

describe('diff', () => {
  it('names each parameter with its number, before and after', async () => {
    const { code, out } = await desk.run('diff', demoPolicy, 'next.yaml')
    expect([code, out]).toEqual([
      exitCodes.ok,
      '~ GOV-05 · Version of the policy: “1.0” → “1.1”\n~ P-04 · Complaint handed to the responsible department within: 4 working hours → 6 working hours\n',
    ])
  })

  it('answers 1 with --exit-code, as git does, and 0 for the same', async () => {
    expect((await desk.run('diff', demoPolicy, 'next.yaml', '--exit-code')).code).toBe(exitCodes.badInput)
    expect(await desk.run('diff', demoPolicy, demoPolicy, '--exit-code')).toEqual({
      code: 0,
      out: 'Both say the same.\n',
      err: '',
    })
  })

  it('shows the prose word by word: marks, or colours on a terminal', async () => {
    const plain = await desk.run('diff', demoPolicy, 'next.yaml', '--words')
    expect(plain.out).toContain('within [-4-]{+6+} working hours')
    expect(plain.out.match(/\[-/g)).toHaveLength(2)
    const chinese = await desk.run('diff', demoPolicy, 'next.yaml', '--words', '--locale', 'zh-CN')
    expect(chinese.out).toContain('投诉在[-4-]{+6+}个工作小时内')
    const colored = await desk.runWith({ color: true }, 'diff', demoPolicy, 'next.yaml', '--words')
    expect([colored.out.includes('\u001b['), colored.out.includes('[-4-]')]).toEqual([true, false])
  })

  it('never says that two policies agree when what differs is not in the prose', async () => {
    const text = await readFile(demoPolicy, 'utf8')
    await desk.write('people.yaml', text.replace(/^( {4})u-lin:/m, '$1u-other: { name: Somebody, roles: [sales] }\n$1u-lin:'))
    expect(await desk.read('people.yaml')).not.toBe(text)
    const words = await desk.run('diff', demoPolicy, 'people.yaml', '--words')
    expect(words.out).toBe('The prose is the same; 1 parameter differs: see diff without --words.\n')
    expect((await desk.run('diff', demoPolicy, 'people.yaml', '--words', '--locale', 'zh-CN')).out).toMatch(
      /^正文相同；另有 1 项参数不同/,
    )
    expect((await desk.run('diff', demoPolicy, demoPolicy, '--words')).out).toBe('Both say the same.\n')
    expect((await desk.run('diff', demoPolicy, 'people.yaml', '--words', '--exit-code')).code).toBe(exitCodes.badInput)
  })

  it('as JSON: one object with changes and words', async () => {
    const { out } = await desk.run('diff', demoPolicy, 'next.yaml', '--words', '--json')
    const result = JSON.parse(out) as { changes: unknown[]; words: { pieces: { kind: string; text: string }[] }[] }
    expect(result).toMatchObject({ schema: 1, verb: 'diff', ok: true, before: { version: '1.0' }, after: { version: '1.1' } })
    expect(result.changes).toHaveLength(2)
    const added = result.words.flatMap(({ pieces }) => pieces.filter((p) => p.kind === 'added').map((p) => p.text))
    expect(added).toEqual(['1.1', '6'])
  })

  it('takes shipped policies by name', async () => {
    expect((await desk.run('diff', 'manufacturer-cn', 'distributor-intl', '--json')).code).toBe(exitCodes.ok)
    expect((await desk.run('diff', 'manufacturer-cn', 'unheard-of')).code).toBe(exitCodes.usage)
  })
})

describe('the pieces of a word diff', () => {
  it('give both texts back', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '客', '户', '1', ',', '。') })
    fc.assert(
      fc.property(text, text, fc.constantFrom('en' as const, 'zh-CN' as const), (a, b, locale) => {
        const pieces = wordDiff(a, b, locale)
        const without = (kind: string): string =>
          pieces
            .filter((p) => p.kind !== kind)
            .map((p) => p.text)
            .join('')
        expect([without('added'), without('removed')]).toEqual([a, b])
      }),
    )
  })
})
