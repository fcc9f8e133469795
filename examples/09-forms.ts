// A form in three shapes: as JSON Schema for a form builder, as a document out of the journal, and as a page to print. All three are made of the
// schema that checks the command, so none can disagree with what is accepted.
//
//   node examples/09-forms.ts [page.html]
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, formSchema, listForms, loadPolicy, presets, renderForm } from '@ka-governance/core'

const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const governance = createGovernance({ store: createMemoryStore({ clock: clock.now }), policy, host: { clock: clock.now } })

console.log('Forms of a complaint\n')
for (const { form, clause, title, fields } of listForms('complaint')) {
  const required = fields.filter((field) => field.required)
  console.log(
    `  ${form.padEnd(17)} ${clause.padEnd(7)} ${title['zh-CN']} / ${title.en} (${required.length} of ${fields.length} required)`,
  )
}

// What a form builder needs: titles, help, choices with their names, the policy's own lists.
const schema = formSchema('complaint', 'open', { policy, locale: 'en' })
const properties = schema['properties'] as Record<
  string,
  { title: string; description?: string; oneOf?: { const: string; title: string }[] }
>
console.log('\nThe complaint record as JSON Schema\n')
for (const [name, { title, oneOf }] of Object.entries(properties).filter(([name]) => name !== 'type'))
  console.log(`  ${name.padEnd(17)} ${title}${oneOf === undefined ? '' : `: ${oneOf.map((choice) => choice.title).join(', ')}`}`)
assert.deepEqual(
  properties['channel']?.oneOf?.map((choice) => choice.const),
  Object.keys(policy.complaint.channels),
)

// Filled in and sent, the form is a document of the complaint.
await governance.account.adopt(
  { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
  { actor: 'u-liu' },
)
const { id } = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Coating flakes off <b>everywhere</b>',
    contact: 'Ms Li',
    expectedSolution: 'Rework',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang' },
)
const [record] = await governance.complaint.documents(id)
assert.ok(record)
assert.equal(record.form, 'complaintRecord')

// The page: self-contained, A4, whatever people wrote is text in it.
const page = renderForm(record, { locale: 'zh-CN', policy, company: '示例材料有限公司' })
assert.ok(page.includes('投诉记录') && page.includes(record.hash))
assert.ok(page.includes('&lt;b&gt;everywhere&lt;/b&gt;'))
console.log(`\n${record.number}, a page of ${page.length} characters, proved by entry hash ${record.hash.slice(0, 12)}…`)
const [file] = process.argv.slice(2)
if (file !== undefined) writeFileSync(file, page)
