import { chmod, readlink, stat, symlink } from 'node:fs/promises'
import { policyTemplate } from '@ka-governance/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answers, createDesk, type Desk } from '../../test/cli-harness.ts'
import { fillBlank } from '../ask/fill-blank.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.remove())

const openIn = async (file: string): Promise<number> =>
  (JSON.parse((await desk.run('check', file, '--json')).out) as { readonly open: number }).open

describe('init', () => {
  it('writes the template and replaces nothing without --force', async () => {
    const { code, out } = await desk.run('init', '--json')
    expect([code, JSON.parse(out)]).toEqual([
      exitCodes.ok,
      { schema: 1, verb: 'init', ok: true, file: 'policy.yaml', filled: 0, open: await openIn('policy.yaml') },
    ])
    expect(await desk.read('policy.yaml')).toBe(policyTemplate())
    await desk.write('policy.yaml', 'mine')
    const again = await desk.run('init')
    expect([again.code, await desk.read('policy.yaml')]).toEqual([exitCodes.badInput, 'mine'])
    expect(again.err).toContain('--force')
    expect((await desk.run('init', '--force')).code).toBe(exitCodes.ok)
    expect(await desk.read('policy.yaml')).toBe(policyTemplate())
  })

  it('knows currency and time zone, and speaks one language in its comments', async () => {
    await desk.run('init', 'zh.yaml', '--currency', 'CNY', '--time-zone', 'Asia/Shanghai', '--locale', 'zh-CN')
    const text = await desk.read('zh.yaml')
    expect(text).toMatch(/^currency: CNY # P-07 · 币种 · /m)
    expect(text).toMatch(/amount: "\[X\]" # P-04 · .*例如 4/)
    expect(text).not.toContain('Complaint handed to')
    await desk.run('init', 'us.yaml', '--currency', 'USD', '--locale', 'zh-CN')
    expect(await desk.read('us.yaml')).toContain('例如 USD 16,000,000')
    expect(await desk.read('us.yaml')).not.toMatch(/CNY \d/)
    const asked = await desk.runWith({ input: answers('', '', '', '', '', '') }, 'init', 'us.yaml', '--ask')
    expect(asked.err).toContain('USD 2,000,000')
    expect(asked.err).not.toContain('CNY')
  })

  it('judges currency and time zone at once, and writes nothing that cannot stand', async () => {
    for (const [args, said] of [
      [['--currency', 'RMB¥'], '--currency "RMB¥": '],
      [['--currency', 'QQQ'], '--currency "QQQ": QQQ is no currency in use'],
      [['--currency', 'QQQ', '--locale', 'zh-CN'], '不是流通货币'],
      [['--currency', ''], '--currency "": '],
      [['--currency', 'CNY\nid: evil'], '--currency "CNY'],
      [['--time-zone', 'Beijing'], '--time-zone "Beijing": '],
      [['--time-zone', 'Mars/Olympus'], '--time-zone "Mars/Olympus": '],
      [['--time-zone', 'Beijing', '--locale', 'zh-CN'], '--time-zone“Beijing”：'],
    ] as const) {
      const { code, out, err } = await desk.run('init', 'x.yaml', ...args)
      expect([args, code, out, err]).toEqual([args, exitCodes.usage, '', expect.stringContaining(said)])
    }
    await expect(desk.read('x.yaml')).rejects.toThrow('ENOENT')
  })

  it('a shipped policy with comments can be used at once', async () => {
    expect((await desk.run('init', 'cn.yaml', '--preset', 'manufacturer-cn', '--locale', 'en')).code).toBe(exitCodes.ok)
    expect(await desk.read('cn.yaml')).toMatch(/^ {6}min: CNY 16,000,000 # P-07 · A: purchase amount at least/m)
    expect((await desk.run('check', 'cn.yaml', '--strict')).code).toBe(exitCodes.ok)
    expect((await desk.run('init', 'x.yaml', '--preset', 'unheard-of')).code).toBe(exitCodes.usage)
  })
})

describe('init --ask', () => {
  it('asks with meaning, unit, example and clause; wrong answers are told and asked again; an empty one stays open', async () => {
    const input = answers(
      '2027-01-01',
      'CNY',
      'Asia/Shanghai',
      '',
      'foo',
      '{ mon: [["09:00", "18:00"]] }',
      '2000000',
      'CNY 2,000,000',
    )
    const { code, out, err } = await desk.runWith({ input }, 'init', '--ask')
    expect([code, out]).toEqual([exitCodes.ok, 'policy.yaml: 5 filled in, 168 left; the same command goes on from here\n'])
    expect(err).toMatch(
      /\[6\/173\] admission\.need\.minAnnualVolume {2}I-01 · ADM-02 {2}.* \(unit: money · e\.g\. CNY 2,000,000\)/,
    )
    expect(err.match(/✗/g)).toHaveLength(2)
    const text = await desk.read('policy.yaml')
    expect(text).toContain('effectiveFrom: 2027-01-01 #')
    expect(text).toContain('timeZone: "[X]" #')
    expect(text).toContain('minAnnualVolume: CNY 2,000,000 #')
  })

  it('goes on where it was left, and keeps what is filled in', async () => {
    await desk.runWith({ input: answers('2027-01-01', 'CNY') }, 'init', '--ask')
    const before = await desk.read('policy.yaml')
    const { err } = await desk.runWith({ input: answers('Europe/Berlin') }, 'init', '--ask')
    expect(err).toContain('[1/171] timeZone')
    expect(await desk.read('policy.yaml')).toBe(before.replace('timeZone: "[X]"', 'timeZone: Europe/Berlin'))
  })

  it('keeps a link to the draft, and who may read it', async () => {
    await desk.run('init', 'real.yaml')
    await chmod(desk.path('real.yaml'), 0o640)
    await symlink('real.yaml', desk.path('policy.yaml'))
    await desk.runWith({ input: answers('2027-01-01') }, 'init', '--ask')
    expect(await desk.read('real.yaml')).toContain('effectiveFrom: 2027-01-01 #')
    expect([await readlink(desk.path('policy.yaml')), (await stat(desk.path('real.yaml'))).mode & 0o777]).toEqual([
      'real.yaml',
      0o640,
    ])
  })

  it('every blank of the template has a question whose example is an answer', async () => {
    await desk.run('init')
    const { err } = await desk.runWith({ input: answers(...Array<string>(200).fill('')) }, 'init', '--ask')
    const questions = err.split('\n').filter((line) => line.startsWith('['))
    expect(questions).toHaveLength(173)
    for (const question of questions) expect(question).toMatch(/^\[\d+\/173\] \S+ {2}\S.* {2}.+ {2}\(unit: .+e\.g\. .+\)$/)
  })

  it('speaks Chinese', async () => {
    const { err, out } = await desk.runWith({ input: answers('x') }, 'init', '--ask', '--locale', 'zh-CN')
    expect(err).toContain('生效日期')
    expect(out).toContain('已填写0项')
  })

  it('without anybody to ask says so', async () => {
    expect((await desk.run('init', '--ask')).code).toBe(exitCodes.usage)
  })
})

describe('an answer goes into its place and nowhere else', () => {
  const text = policyTemplate()
  it.each([
    ['currency', 'CNY', 'currency: CNY #'],
    ['complaint.handoff.amount', '4', 'amount: 4 #'],
    ['tier.B.amount.range.from', 'CNY 3,000,000', 'from: CNY 3,000,000 #'],
    ['capacity.tiers.C', 'null', 'C: null #'],
  ])('%s: %s', (place, answer, line) => {
    const filled = fillBlank('policy.yaml', text, place, answer)
    expect(filled.ok && filled.text.includes(line)).toBe(true)
    expect(filled.ok && filled.text.split('\n').filter((l, i) => l !== text.split('\n')[i]).length).toBe(1)
  })

  it.each([
    ['currency', 'CNY\nid: evil'],
    ['currency', '"'],
    ['currency', '*anchor'],
    ['complaint.handoff.amount', '-1'],
    ['complaint.handoff.amount', '{ a: 1 }'],
    ['complaint.handoff.amount', '1e999'],
    ['calendars.main.week', '{ __proto__: { x: 1 } }'],
    ['no.such.place', '1'],
  ])('%s refuses %j', (place, answer) => {
    expect(fillBlank('policy.yaml', text, place, answer).ok).toBe(false)
  })
})
