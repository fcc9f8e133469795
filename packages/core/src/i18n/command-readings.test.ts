import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baselineLimits } from '../baselines/index.ts'
import { InvalidInputError, sealedToken, type Finding } from '../errors/index.ts'
import { cycleById, type CommandReadingData, type Readings } from '../policy/index.ts'
import type { InboundCommand } from '../ports/index.ts'
import { recordLimits } from '../ports/index.ts'
import { fieldsOf } from '../forms/field-shape.ts'
import { readRow, type InboundCommands } from '../runtime/inbox/read-row.ts'
import { knownActor, knownCommand, knownText, notOpening } from '../runtime/known-input.ts'
import { parseCommand, specOf } from '../runtime/parse-command.ts'
import { sealCommand } from '../runtime/personal.ts'
import { definitions } from '../runtime/runtime.ts'
import { formatFinding } from './format-finding.ts'
import { isChinese, notChinese } from './testing/in-chinese.ts'

const thrown = (call: () => unknown): readonly Finding[] => {
  try {
    call()
  } catch (error) {
    if (error instanceof InvalidInputError) return error.findings
    throw error
  }
  throw new Error('nothing was thrown')
}

const definitionOf = (kind: string) => {
  const definition = definitions[kind]
  if (definition === undefined) throw new Error(kind)
  return definition
}
const sent = (kind: string, type: string, fields: object = {}): readonly Finding[] =>
  thrown(() => parseCommand(kind, specOf(definitionOf(kind), type), { ...fields, type }))
const complaint = (type: string, fields: object = {}) => sent('complaint', type, fields)

const blankRow: InboundCommand = {
  id: 'r-1',
  place: '1',
  kind: 'complaint',
  instanceId: 'cmp-1',
  command: 'forward',
  form: '{"department":"product"}',
  actor: 'u-huang',
  onBehalfOf: null,
  expectedVersion: null,
  locale: 'zh_CN',
  at: 0,
  tries: 0,
}
const row = (part: Partial<InboundCommand>, may?: InboundCommands): readonly Finding[] => {
  const read = readRow({ ...blankRow, ...part }, may)
  return read.ok ? [] : read.findings
}
const form = (text: string) => row({ form: text })

const plan = {
  scope: 'one line',
  milestones: [],
  endDate: '2026-06-30',
  resources: [],
  qualityStandard: 'ISO 9001',
  budget: { currency: 'CNY', minor: 1 },
}
const baseline = (part: object) => sent('project', 'registerBaseline', { content: { ...plan, ...part } })
const contain = (measure: string) => complaint('contain', { measure })

/** What is malformed in each of the ways that only commands, records and forms know. */
const ofCommands: { readonly [K in keyof CommandReadingData]: () => readonly Finding[] } = {
  formNotJson: () => form('{“department”: "product"}'),
  formNoObject: () => form('["product"]'),
  formTooDeep: () => form(`{"a":${'['.repeat(30)}${']'.repeat(30)}}`),
  commandMissing: () => row({ command: '' }),
  instanceMissing: () => row({ instanceId: null }),
  actorMissing: () => row({ actor: '' }),
  noVersion: () => row({ expectedVersion: 1.5 }),
  changedByAnother: () => row({ changedByAnother: true }),
  notTakenHere: () => row({}, { complaint: ['open', 'accept'] }),
  otherCommand: () => form('{"type":"accept","department":"product"}'),
  noCommand: () => thrown(() => knownCommand('complaint', { type: 7 })),
  unknownCommand: () => complaint('forwrad'),
  opensNew: () => thrown(() => notOpening('complaint', { type: 'open' })),
  noPerson: () => thrown(() => knownActor('system', 'onBehalfOf')),
  unknownField: () => complaint('forward', { department: 'product', by: 'me' }),
  blank: () => contain(' \n'),
  unprintable: () => contain('a\u0000b'),
  theSystem: () => complaint('accept', { handler: 'system' }),
  looksSealed: () => complaint('forward', { department: 'product', note: sealedToken('a'.repeat(64)) }),
  tooMuch: () => form(`{"note":"${'x'.repeat(recordLimits.entry)}"}`),
  givenTwice: () => baseline({ resources: [{ name: 'oven' }, { name: 'oven' }] }),
  afterEndDate: () => baseline({ milestones: [{ id: 'm1', name: 'Sample', date: '2026-07-01' }] }),
  repairsAll: () =>
    complaint('resolveDrift', { decision: 'repair', basis: 'a'.repeat(64), fields: ['Tier'], reason: 'as agreed' }),
  noCycle: () => thrown(() => cycleById('half a year', { length: 6, anchor: '2026-01-01' })),
}

/** And in those that they share with policies. */
const shared: { readonly [name: string]: readonly [kind: keyof Readings, found: () => readonly Finding[]] } = {
  'a missing text': ['missing', () => complaint('contain')],
  'a missing list': ['missing', () => complaint('determine', { cause: 'x', responsibleParty: 'y' })],
  'a missing yes or no': ['missing', () => complaint('checkPrevention', { finding: 'x' })],
  'a missing choice': ['choiceMissing', () => complaint('decideReturn', { reason: 'x' })],
  'a missing tier or end': ['choiceMissing', () => sent('tier-adjustment', 'propose', { reason: 'x' })],
  'a wrong type': ['wrongType', () => complaint('contain', { measure: 7 })],
  'a wrong type deep inside': ['wrongType', () => complaint('contain', { measure: 'x', evidence: [{ uri: true }] })],
  'half an hour': ['wrongType', () => complaint('reportProgress', { toldAt: 1772416800000.5, note: 'x' })],
  'a number without an end': ['numberNotFinite', () => complaint('reportProgress', { toldAt: Infinity, note: 'x' })],
  'a value that is no choice': ['noChoice', () => complaint('decideReturn', { disposition: 'retrun', reason: 'x' })],
  'a tier that is none': ['noChoice', () => sent('tier-adjustment', 'propose', { to: 'E', reason: 'x' })],
  'a text that is too long': ['tooBig', () => contain('x'.repeat(2001))],
  'a list that is too long': ['tooBig', () => complaint('copyTo', { approval: 'extension', people: Array(21).fill('u-1') })],
  'a list that is too short': ['tooSmall', () => complaint('contain', { measure: 'x', evidence: [] })],
  'a number that is too small': [
    'tooSmall',
    () => complaint('plan', { measures: 'x', compensation: { currency: 'CNY', minor: -1 } }),
  ],
  'an id of another form': ['badFormat', () => complaint('forward', { department: 'Product Department!' })],
  'a date of another form': ['badFormat', () => complaint('plan', { measures: 'x', finishBy: '30/06/2026' })],
  'a day that there is not': ['noSuchDay', () => complaint('plan', { measures: 'x', finishBy: '2026-02-30' })],
  'an instant out of range': ['badFormat', () => complaint('reportProgress', { toldAt: 5, note: 'x' })],
  'a hash of another form': ['badFormat', () => complaint('contain', { measure: 'x', evidence: [{ uri: 'u', sha256: 'abc' }] })],
  'a currency of another form': ['badFormat', () => baseline({ budget: { currency: 'yuan', minor: 1 } })],
  'a milestone of another form': ['badFormat', () => baseline({ milestones: [{ id: '.', name: 'x', date: '2026-03-01' }] })],
  'a condition of another form': ['badFormat', () => sent('admission', 'waiveCondition', { condition: 'first', reason: 'x' })],
  'an instance of another form': ['badFormat', () => row({ instanceId: 'CMP 1' })],
  'a version of another form': [
    'badFormat',
    () => sent('policy-publication', 'open', { policyId: 'Main Policy', version: 'next', title: 'x' }),
  ],
  'a kind that is missing': ['choiceMissing', () => row({ kind: '' })],
  'a kind that is unknown': ['noChoice', () => row({ kind: 'complain' })],
  'a name given twice': ['keyTwice', () => form('{"department":"a",\n"department":"b"}')],
  'a text that says which, left out': ['missing', () => thrown(() => knownText('accountId', undefined))],
  'the same, too long': ['tooBig', () => thrown(() => knownText('accountId', 'x'.repeat(201)))],
  'departments that come twice': [
    'givenTwice',
    () => sent('project-change', 'amend', { reason: 'x', content: plan, departments: ['product', 'product'] }),
  ],
  'a plan that is too long': [
    'tooMuch',
    () =>
      baseline({
        scope: 'x'.repeat(baselineLimits.scope),
        resources: Array.from({ length: 60 }, (_, i) => ({ name: `${String(i)}${'y'.repeat(150)}` })),
      }),
  ],
  'a personal text that is too long': [
    'tooMuch',
    () =>
      thrown(() =>
        sealCommand(
          { type: 'open', matter: 'x'.repeat(recordLimits.document + 1) },
          ['matter'],
          { instanceId: 'cmp-1', seq: 1 },
          {
            newSalt: () => 'salt',
            sha256: () => '',
          },
        ),
      ),
  ],
}

const cases = [
  ...Object.entries(ofCommands).map(([kind, find]) => [kind, kind, find] as const),
  ...Object.entries(shared).map(([name, [kind, find]]) => [name, kind, find] as const),
]

describe('what is wrong with a command, its record or its form is said in Chinese in full', () => {
  it.each(cases)('%s: %s', (_, kind, find) => {
    const found = find()
    const finding = found.find(({ data }) => data?.['kind'] === kind)
    if (finding === undefined) throw new Error(JSON.stringify(found))
    for (const each of found) isChinese(each)
    const numbers = `${finding.message} ${finding.remedy}`.match(/\d[\d,.:-]*\d|\d/gu) ?? []
    for (const number of numbers) expect(formatFinding(finding, 'zh-CN')).toContain(number)
  })
})

describe('in Chinese', () => {
  const said = ([found]: readonly Finding[]): string =>
    formatFinding(found as Finding, 'zh-CN')
      .split('。')
      .slice(1)
      .join('。')
  it('numbers are smaller or greater, what is counted is fewer or more, and a question ends as one', () => {
    const money = { measures: 'x', compensation: { currency: 'CNY', minor: -1 } }
    expect(said(complaint('plan', money))).toBe('请填写不小于0的数。')
    expect(said(complaint('contain', { measure: 'x', evidence: [] }))).toBe('请填写不少于1项的内容。')
    expect(said(contain('x'.repeat(2001)))).toBe('请填写不超过2000个字符的内容。')
    expect(said(complaint('forwrad'))).toBe('是否应为“forward”？')
    expect(said(complaint('decideReturn', { disposition: 'retrun', reason: 'x' }))).toMatch(
      /^是否应为“return”？可填：“return”、.*。$/,
    )
  })
})

/** Every command that there is, with the schema of each. */
const commands = Object.values(definitions).flatMap(({ kind, commands: table }) =>
  Object.entries(table).map(([type, { schema }]) => ({ kind, type, schema })),
)

describe('whatever is sent, and whatever is left in a record', () => {
  const wrongValues: readonly unknown[] = [undefined, 7, [{}]]

  it('every field of every command, with every kind of value that it does not take, stands under its Chinese name', () => {
    const problems: string[] = []
    let count = 0
    for (const { kind, type, schema } of commands) {
      const names = (fieldsOf(schema) ?? []).map(([name]) => name).filter((name) => name !== 'type')
      for (const value of wrongValues) {
        const fields = Object.fromEntries(names.map((name) => [name, value]))
        if (schema.safeParse({ ...fields, type }).success) continue
        for (const found of sent(kind, type, fields)) {
          count += 1
          const text = formatFinding(found, 'zh-CN')
          if (!/^(KA)?\p{Script=Han}/u.test(text) || notChinese(found, text) !== '') problems.push(`${kind}.${type}: ${text}`)
        }
      }
    }
    expect(problems).toEqual([])
    expect(count).toBeGreaterThan(1000)
  })

  it('a field stands under the name that it has in its command, and never under that of a parameter of the policy', () => {
    const where = (findings: readonly Finding[]) => findings.map((found) => formatFinding(found, 'zh-CN').split('（')[0])
    const vote = { approval: 'extension', to: '', reason: 'x' }
    expect(where(complaint('transferVote', vote))).toEqual(['转办对象'])
    expect(where(sent('tier-adjustment', 'propose', { to: '', reason: 'x' }))).toEqual(['调整后级别'])
    expect(where(form('{"cycle.length":1,"cycle.length":2}'))).toEqual(['cycle.length'])
  })

  const anyValue = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true })
  it('any fields of any command', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.array(anyValue, { maxLength: 12 }),
        fc.dictionary(fc.string(), anyValue),
        (command, values, more) => {
          const { kind, type, schema } = command
          const names = (fieldsOf(schema) ?? []).map(([name]) => name)
          const fields = { ...more, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) }
          if (!schema.safeParse({ ...fields, type }).success) for (const finding of sent(kind, type, fields)) isChinese(finding)
        },
      ),
    )
  })
  it('any name of a command', () => {
    fc.assert(
      fc.property(fc.string(), (type) => {
        if (!Object.hasOwn(definitionOf('complaint').commands, type)) for (const finding of complaint(type)) isChinese(finding)
      }),
    )
  })
  it('any record', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('', 'complaint', 'open', 'forward', 'adopt'))
    const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"a":1,"a":2}', '{', '[]'))
    fc.assert(
      fc.property(
        key,
        fc.option(key),
        key,
        text,
        fc.option(fc.double()),
        fc.boolean(),
        (kind, instanceId, command, written, expectedVersion, changed) => {
          for (const finding of row({ kind, instanceId, command, form: written, expectedVersion, changedByAnother: changed }))
            isChinese(finding)
        },
      ),
    )
  })
  it('findings of other versions cost the particulars at most', () => {
    const kinds = Object.keys(ofCommands)
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.string(),
        fc.dictionary(fc.constantFrom('name', 'known', 'near', 'example', 'limit', 'command'), fc.jsonValue()),
        (kind, path, data) => {
          const finding = {
            path,
            code: 'value',
            message: 'odd',
            remedy: 'mend it',
            data: { ...data, kind } as NonNullable<Finding['data']>,
          }
          for (const locale of ['en', 'zh-CN'] as const) expect(typeof formatFinding(finding, locale)).toBe('string')
        },
      ),
    )
  })
})
