import { describe, expect, test } from 'vitest'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { documentsOf, erasedText, formSchema, locales, renderForm, type FiledDocument } from '../src/index.ts'
import * as a from './support/admission-stories.ts'
import { collect, createHarness, type Harness } from './support/harness.ts'
import { play } from './support/story.ts'
import * as s from './support/stories.ts'

const ajv = new Ajv2020({ formats: { date: true, 'date-time': true } })

/** Rendered in every language, and accepted by the JSON Schema that a form builder would have had. */
function expectUsable(h: Harness, documents: readonly FiledDocument[]): void {
  for (const document of documents)
    for (const locale of locales) {
      const schema = formSchema(document.kind, document.command, { policy: h.policy, locale })
      const sent = { type: document.command, ...document.fields }
      expect([document.form, ajv.validate(schema, sent), ajv.errorsText()]).toEqual([document.form, true, 'No errors'])
      expect(renderForm(document, { locale, policy: h.policy })).toContain(document.hash)
    }
}
const forms = (documents: readonly FiledDocument[]): readonly string[] => documents.map(({ form }) => form)

describe('filed documents [CPL-02, CPL-04, CPL-07, CPL-11, ADJ-10]', () => {
  test('of a complaint, in order, each with its entry', async () => {
    const h = createHarness()
    const { id } = await play(h, s.archived())
    const documents = await h.governance.complaint.documents(id())
    expect(forms(documents)).toEqual(['complaintRecord', 'determination', 'handlingPlan', 'completion', 'complaintArchive'])
    const entries = await collect(h.governance.complaint.history(id()))
    for (const { number, hash, filedAt, filedBy } of documents)
      expect(entries.find(({ key }) => key === number)).toMatchObject({ hash, at: filedAt, actor: { id: filedBy } })
    expect(documents.map(({ accountId, onBehalfOf }) => [accountId, onBehalfOf])).toEqual(documents.map(() => ['acme', null]))
    expect(documents[4]?.fields).toEqual({ lessons: 'inspect castings', prevention: { measure: 'x-ray', owner: 'u-tang' } })
    expectUsable(h, documents)
  })

  test('of rework, extension, a special meeting and a complaint that is not upheld', async () => {
    const h = createHarness()
    const { id } = await play(h, [
      ...s.investigating({ complex: true }),
      s.complaint('u-huang', {
        type: 'callMeeting',
        heldAt: '@now',
        departments: ['product', 'production'],
        minutes: 'all agree',
      }),
      s.extensionAsked,
      s.complaint('u-qian', {
        type: 'notUphold',
        reasons: 'wrong use',
        evidence: [{ uri: 'lab:1' }],
        customerToldAt: '@now',
      }),
    ])
    const documents = await h.governance.complaint.documents(id())
    expect(forms(documents)).toEqual(['complaintRecord', 'meetingMinutes', 'extensionRequest', 'notUpheld'])
    expectUsable(h, documents)
  })

  test('of an adjustment and its account', async () => {
    const h = createHarness({ start: s.august })
    const played = await play(h, s.inReview())
    const adjustment = await h.governance.tierAdjustment.documents(played.id('adjustment'))
    expect(forms(adjustment)).toEqual(['tierAdjustmentForm'])
    expect(adjustment[0]?.accountId).toBe('acme')
    const account = await h.governance.account.documents('account-acme')
    expect(forms(account)).toEqual(['adoption'])
    expectUsable(h, [...adjustment, ...account])
    // Only the kind that was asked for answers.
    expect(await h.governance.complaint.documents('account-acme').catch(() => [])).toEqual([])
  })

  test('of an admission, to the contract that both sides signed [ADM-05, ADM-06, ADM-09, SVC-01]', async () => {
    const h = createHarness({ policy: a.oneHand })
    const { id } = await play(h, a.established())
    const documents = await h.governance.admission.documents(id('admission'))
    expect(forms(documents)).toEqual(['registration', 'admissionReport', 'teamAssignment', 'contract'])
    expectUsable(h, documents)
    const contract = documents.at(-1)
    expect(contract && renderForm(contract, { locale: 'en', policy: h.policy })).toContain('For the customer')
  })

  test('of nothing there are none', async () => {
    const { governance } = createHarness()
    expect(await governance.complaint.documents('cmp-nothing')).toEqual([])
    await expect(governance.complaint.documents('../etc')).rejects.toThrow('no instance id')
    expect(documentsOf([])).toEqual([])
  })

  test('are kept from people named in the complaint [CON-01]', async () => {
    const h = createHarness()
    const { id } = await play(h, s.received({ named: ['u-liu'] }))
    await expect(h.governance.complaint.documents(id(), { actor: 'u-liu' })).rejects.toThrow('is named in')
    expect(await h.governance.complaint.documents(id(), { actor: 'u-huang' })).toHaveLength(1)
  })

  test('have their personal texts opened for who may read, and shown as erased once they are', async () => {
    const h = createHarness()
    const { id } = await play(h, s.received({ contact: 'Ms Li, 139 0000 0000' }))
    const page = (documents: readonly FiledDocument[]): readonly string[] =>
      documents.map((document) => renderForm(document, { locale: 'en', policy: h.policy }))
    const [journaled] = page(documentsOf(await collect(h.governance.complaint.history(id()))))
    expect(journaled).not.toMatch(/139 0000|sealed:/)
    expect(journaled).toContain('[personal data, not opened]')
    const [opened] = page(await h.governance.complaint.documents(id()))
    expect(opened).toContain('Ms Li, 139 0000 0000')
    await h.store.personal.erase(id(), 'all')
    const erased = await h.governance.complaint.documents(id())
    expect(erased[0]?.fields['contact']).toBe(erasedText)
    expect(page(erased)[0]).not.toContain('139 0000')
    expect(page(erased)[0]?.match(/\[personal data erased\]/g)).toHaveLength(3)
  })

  test('of a delegated act name both people', async () => {
    const h = createHarness()
    const { id } = await play(h, s.planning())
    const [entry] = await collect(h.governance.complaint.history(id()))
    const [document] = documentsOf(entry === undefined ? [] : [{ ...entry, actor: { ...entry.actor, onBehalfOf: 'u-chen' } }])
    expect(document).toMatchObject({ filedBy: entry?.actor.id, onBehalfOf: 'u-chen' })
  })

  test('are what journals say, nothing else: entries without command, account or form make none', async () => {
    const h = createHarness()
    const { id } = await play(h, s.received())
    const entries = await collect(h.governance.complaint.history(id()))
    const broken = entries.flatMap((entry) => [
      { ...entry, command: undefined },
      { ...entry, command: null },
      { ...entry, command: [] },
      { ...entry, effects: [{ id: 'e1', type: 'fileDocument', params: null }] },
      { ...entry, effects: [{ id: 'e1', type: 'fileDocument', params: { form: 7 } }] },
    ])
    expect(documentsOf(broken as never)).toEqual([])
    expect(documentsOf(entries.map((entry) => ({ ...entry, seq: 2 })))[0]?.accountId).toBeNull()
  })
})
