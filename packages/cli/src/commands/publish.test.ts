import { readFile, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk, demoPolicy, isStackless, type Answer, type Desk } from '../../test/cli-harness.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
let now = Date.parse('2027-01-04T10:00:00+08:00')
beforeAll(async () => {
  desk = await createDesk()
  const text = await readFile(demoPolicy, 'utf8')
  const version = (n: string, from: string, handoff: number): string =>
    text
      .replace(/^version: .*$/m, `version: "${n}"`)
      .replace(/^effectiveFrom: .*$/m, `effectiveFrom: ${from}`)
      .replace(/^( {2}whatIf: ).*$/m, '$1advised')
      .replace(/(handoff:\n\s+amount: )\d+/, `$1${String(handoff)}`)
  await desk.write('v1.yaml', version('1.0', '2027-02-01', 4))
  await desk.write('v2.yaml', version('2.0', '2027-06-01', 6))
})
afterAll(() => desk.remove())

const publish = async (...args: string[]): Promise<Answer> => {
  const answer = await desk.runWith(
    { clock: () => (now += 1000) },
    'publish',
    ...args,
    '--registry',
    'registry',
    '--locale',
    'en',
  )
  expect(isStackless(answer)).toBe(true)
  return answer
}
const statusOf = async (name: string) =>
  JSON.parse((await publish('status', name, '--json')).out) as {
    state: string
    approval: { basis: string } | null
    versions: { version: string; state: string }[]
  }

describe('publish, from the draft to being in force, each step another process [GOV-05]', () => {
  it('opens, checks, submits', async () => {
    expect(await publish('open', 'v1.yaml', '--as', 'u-wang')).toEqual({
      code: 0,
      out: '✓ pol-demo-manufacturer--1-0: Drafting\n',
      err: '',
    })
    expect((await publish('check', 'v1.yaml', '--as', 'u-wang')).out).toBe('✓ pol-demo-manufacturer--1-0: Checked\n')
    expect((await publish('submit', 'v1.yaml', '--as', 'u-wang', '--reason', 'the first')).code).toBe(exitCodes.ok)
    expect((await statusOf('v1.yaml')).state).toBe('inApproval')
  })

  it('a file that says something else is neither submitted nor voted on, and both texts are named', async () => {
    await desk.write('edited.yaml', (await desk.read('v1.yaml')).replace(/(handoff:\n\s+amount: )\d+/, '$15'))
    await desk.write('torn.yaml', `${await desk.read('v1.yaml')}\nnonsense: 1\n`)
    const { draft } = JSON.parse((await publish('status', 'v1.yaml', '--json')).out) as { draft: { hash: string } }
    const checked = draft.hash.slice(0, 12)
    for (const [name, says] of [
      ['edited.yaml', /says (?!CHECKED)[0-9a-f]{12}/],
      ['torn.yaml', /cannot be used as it stands/],
    ] as const)
      for (const step of [
        ['submit', name],
        ['vote', name, 'approve'],
        ['what-if', name, 'evidence.json'],
      ] as const) {
        await desk.write('evidence.json', '{}')
        const { code, out, err } = await publish(...step, '--as', 'u-lin')
        expect([step, code, out]).toEqual([step, exitCodes.badInput, ''])
        expect(err).toContain(
          `${name}: this is not the draft that was checked: pol-demo-manufacturer--1-0 holds draft ${checked}`,
        )
        expect(err.replaceAll(checked, 'CHECKED')).toMatch(says)
        expect(err).toContain(`publish check ${name}; for what was checked: name pol-demo-manufacturer--1-0`)
      }
    expect((await statusOf('v1.yaml')).state).toBe('inApproval')
    expect((await publish('status', 'edited.yaml')).out).toMatch(
      /! edited\.yaml says something else \([0-9a-f]{12}\): publish check/,
    )
    expect((await publish('status', 'v1.yaml')).out).not.toContain('says something else')
    // The same text in other words is the same draft.
    await desk.write('same.yaml', `# another comment\n${await desk.read('v1.yaml')}`)
    expect((await publish('vote', 'same.yaml', 'approve', '--as', 'u-nobody')).err).toBe('')
  })

  it('what helps is said in the verbs of the command line', async () => {
    for (const [args, hint] of [
      [['open', 'v1.yaml', '--as', 'u-lin'], '→ ka-governance publish vote v1.yaml approve'],
      [['submit', 'v1.yaml', '--as', 'u-lin'], '→ ka-governance publish vote v1.yaml approve'],
      [['vote', 'v1.yaml', 'reject', '--as', 'u-lin'], '→ add --reason TEXT'],
      [['vote', 'v1.yaml', 'approve', '--as', 'u-nobody'], '→ the directory has nobody with the id u-nobody; it has u-'],
      [['vote', 'v1.yaml', 'approve', '--as', 'u-lin', '--basis', '0'.repeat(64)], '→ ka-governance publish status v1.yaml'],
    ] as const) {
      const { code, out } = await publish(...args)
      expect([args, code, out]).toEqual([args, exitCodes.badInput, expect.stringContaining(`  ${hint}`)])
      expect(out).not.toContain('Reload')
    }
    await desk.write(
      'v9.yaml',
      (await desk.read('v1.yaml')).replace('version: "1.0"', 'version: "9.0"').replace('whatIf: advised', 'whatIf: required'),
    )
    const trial = async (...args: string[]) =>
      (await desk.runWith({ clock: () => now }, 'publish', ...args, '--registry', 'trial', '--as', 'u-lin')).out
    await trial('open', 'v9.yaml')
    expect(await trial('submit', 'v9.yaml')).toContain('  → ka-governance publish check v9.yaml\n')
    await trial('check', 'v9.yaml')
    expect(await trial('submit', 'v9.yaml')).toContain('  → ka-governance simulate v9.yaml --evidence EVIDENCE')
    expect(await trial('check', 'v9.yaml')).toContain('  → ka-governance publish submit v9.yaml')
    await trial('withdraw', 'v9.yaml', '--reason', 'a trial')
    expect(await trial('check', 'v9.yaml')).toContain('a number of its own')
  })

  it('a refusal says every reason and answers 1; nobody acts without a name', async () => {
    const stranger = await publish('vote', 'v1.yaml', 'approve', '--as', 'u-nobody')
    expect([stranger.code, stranger.out]).toEqual([
      exitCodes.badInput,
      expect.stringMatching(/^✗ pol-demo-manufacturer--1-0: not allowed\n {2}\S/),
    ])
    const json = JSON.parse((await publish('vote', 'v1.yaml', 'approve', '--as', 'u-nobody', '--json')).out)
    expect(json).toMatchObject({
      schema: 1,
      verb: 'publish vote',
      ok: false,
      refusals: [expect.objectContaining({ clause: expect.any(String) })],
    })
    expect((await publish('vote', 'v1.yaml', 'approve')).code).toBe(exitCodes.usage)
    expect((await publish('vote', 'v1.yaml', 'maybe', '--as', 'u-lin')).code).toBe(exitCodes.usage)
  })

  it('a vote on what is no longer there is refused', async () => {
    const { code, out } = await publish('vote', 'v1.yaml', 'approve', '--as', 'u-lin', '--basis', '0'.repeat(64))
    expect(code).toBe(exitCodes.badInput)
    expect(out).toContain('not allowed')
  })

  it('three of the group with its head approve; it takes force when its day has come', async () => {
    const basis = (await statusOf('v1.yaml')).approval?.basis.slice(0, 12) ?? ''
    const waitingFor = (await publish('status', 'v1.yaml')).out.matchAll(/waits for (\S+)/g)
    for (const [, person = ''] of waitingFor) {
      if ((await statusOf('v1.yaml')).state !== 'inApproval') break
      await publish('vote', 'v1.yaml', 'approve', '--as', person, '--basis', basis)
    }
    expect((await statusOf('v1.yaml')).state).toBe('scheduled')
    now = Date.parse('2027-02-01T09:00:00+08:00')
    const before = await readFile(desk.path('registry/registry.json'))
    expect((await publish('status', 'v1.yaml')).out).toMatch(/^1\.0 {2}In force/)
    expect(await readFile(desk.path('registry/registry.json'))).toEqual(before)
    expect((await statusOf('pol-demo-manufacturer--1-0')).state).toBe('inForce')
    expect((await publish('status', 'v1.yaml')).out).toMatch(/^1\.0 {2}In force {2}since 1 February 2027/)
    expect((await publish('status', 'edited.yaml')).out).toMatch(/! edited\.yaml says something else \([0-9a-f]{12}\)\n/)
  })

  it('the next version is published under the one in force, and can be withdrawn', async () => {
    expect((await publish('open', 'v2.yaml', '--as', 'u-lin')).code).toBe(exitCodes.ok)
    expect((await publish('check', 'v2.yaml', '--as', 'u-lin')).code).toBe(exitCodes.ok)
    expect((await publish('status', 'v2.yaml')).out).toMatch(/\d+ changes? to the version in force/)
    expect((await publish('withdraw', 'v2.yaml', '--as', 'u-lin', '--reason', 'not yet')).out).toContain('Withdrawn')
    expect((await statusOf('v2.yaml')).versions.map((v) => `${v.version} ${v.state}`)).toEqual(['2.0 withdrawn', '1.0 inForce'])
  })

  it('a publication that was opened under an earlier version moves to the one in force, then goes on', async () => {
    const next = (n: string, from: string) => desk.write(`v${n}.yaml`, readNext(n, from))
    const text = await desk.read('v2.yaml')
    const readNext = (n: string, from: string): string =>
      text.replace('version: "2.0"', `version: "${n}.0"`).replace(/^effectiveFrom: .*$/m, `effectiveFrom: ${from}`)
    await next('3', '2027-06-01')
    await next('4', '2027-09-01')
    for (const name of ['v3.yaml', 'v4.yaml'])
      for (const step of ['open', 'check']) expect((await publish(step, name, '--as', 'u-novak')).code).toBe(exitCodes.ok)
    const none = await desk.runWith({ clock: () => now }, 'publish', 'move', 'v4.yaml', '--registry', 'registry', '--as', 'u-lin')
    expect([none.code, none.err]).toEqual([exitCodes.usage, expect.stringContaining('--reason')])
    await publish('submit', 'v3.yaml', '--as', 'u-novak')
    for (const person of ['u-lin', 'u-wang', 'u-zhao', 'u-okafor']) {
      if ((await statusOf('v3.yaml')).state !== 'inApproval') break
      await publish('vote', 'v3.yaml', 'approve', '--as', person)
    }
    now = Date.parse('2027-06-01T09:00:00+08:00')
    expect((await statusOf('v3.yaml')).state).toBe('inForce')
    const refused = await publish('submit', 'v4.yaml', '--as', 'u-novak')
    expect([refused.code, refused.out]).toEqual([
      exitCodes.badInput,
      expect.stringContaining('  → ka-governance publish move v4.yaml --reason TEXT'),
    ])
    expect((await publish('move', 'v4.yaml', '--as', 'u-lin', '--reason', '3.0 is in force')).out).toBe(
      '✓ pol-demo-manufacturer--4-0: Checked\n',
    )
    await publish('check', 'v4.yaml', '--as', 'u-novak')
    expect((await publish('submit', 'v4.yaml', '--as', 'u-novak')).out).toBe('✓ pol-demo-manufacturer--4-0: In approval\n')
  })

  it('what is looked at is shown as it is by now, and nothing is written', async () => {
    const path = desk.path('registry/registry.json')
    const before = await readFile(path)
    await publish('status', 'v1.yaml')
    expect(await readFile(path)).toEqual(before)
    const missing = await desk.run('publish', 'status', 'v1.yaml', '--registry', 'elsewhere')
    expect([missing.code, missing.err]).toEqual([exitCodes.badInput, expect.stringContaining('there is no registry here')])
    for (const step of ['check', 'submit', 'withdraw'])
      expect(
        await desk.run(
          'publish',
          step,
          'v1.yaml',
          '--registry',
          'elsewhere',
          '--as',
          'u-lin',
          ...(step === 'withdraw' ? ['--reason', 'x'] : []),
        ),
      ).toMatchObject({
        code: exitCodes.badInput,
        err: expect.stringContaining('`publish open` makes a registry') as unknown,
      })
    expect(await readdir(desk.dir)).not.toContain('elsewhere')
  })

  it('leaves one file that verifies, and no lock', async () => {
    expect(await readdir(desk.path('registry'))).toEqual(['registry.json'])
    const { code, out } = await desk.run('verify-journal', '--registry', 'registry')
    expect([code, out]).toEqual([exitCodes.ok, expect.stringContaining('chain and replay hold')])
  })

  it('what is not there or no draft is named', async () => {
    expect((await publish('submit', 'pol-no--1-0', '--as', 'u-lin')).code).toBe(exitCodes.usage)
    await desk.write('none.yaml', 'title: x\n')
    const none = await publish('open', 'none.yaml', '--as', 'u-lin')
    expect([none.code, none.err]).toEqual([exitCodes.badInput, expect.stringContaining('no usable `id`')])
    expect((await publish('check', 'none.yaml', '--as', 'u-lin')).code).toBe(exitCodes.badInput)
    expect((await publish('what-if', 'v1.yaml', 'v1.yaml', '--as', 'u-lin')).code).toBe(exitCodes.badInput)
    const nowhere = await desk.run('publish', 'status', 'v1.yaml')
    expect([nowhere.code, nowhere.err.includes('--registry')]).toEqual([exitCodes.usage, true])
  })
})

describe('publish on the first day of the version itself [GOV-05]', () => {
  it('the last vote says what it has led to: the version is in force, not scheduled', async () => {
    const text = (await desk.read('v1.yaml')).replace(/^effectiveFrom: .*$/m, 'effectiveFrom: 2027-01-04')
    await desk.write('today.yaml', text)
    let today = Date.parse('2027-01-04T10:00:00+08:00')
    const step = (...args: string[]): Promise<Answer> =>
      desk.runWith({ clock: () => (today += 1000) }, 'publish', ...args, '--registry', 'today')
    for (const name of ['open', 'check', 'submit']) await step(name, 'today.yaml', '--as', 'u-wang')
    for (const person of ['u-lin', 'u-novak']) await step('vote', 'today.yaml', 'approve', '--as', person)
    const { code, out } = await step('vote', 'today.yaml', 'approve', '--as', 'u-zhao', '--json')
    const told = JSON.parse(out) as { readonly state: string; readonly version: number }
    expect([code, told.state]).toEqual([exitCodes.ok, 'inForce'])
    const status = JSON.parse((await step('status', 'today.yaml', '--json')).out) as { readonly state: string }
    expect(status.state).toBe('inForce')
  })
})
