import { describe, expect, it } from 'vitest'
import { locales, textOf } from '../i18n/index.ts'
import { definitions } from '../runtime/runtime.ts'
import { listForms, type FormField } from './list-forms.ts'
import { signedForms } from './signatures.ts'

const forms = listForms()
const fieldsIn = (fields: readonly FormField[], path: string): readonly (readonly [string, FormField])[] =>
  fields.flatMap((field) => [[`${path}.${field.name}`, field] as const, ...fieldsIn(field.fields, `${path}.${field.name}`)])
const all = forms.flatMap(({ form, fields }) => fieldsIn(fields, form))

/** Forms that the transitions of a machine file, by the event they answer. */
function filedBy(states: unknown): readonly (readonly [event: string, filed: readonly string[]])[] {
  if (typeof states !== 'object' || states === null) return []
  return Object.entries(states).flatMap(([key, part]) =>
    key === 'on'
      ? Object.entries(part as object).flatMap(([event, answer]: [string, unknown]) =>
          (Array.isArray(answer) ? answer : [answer]).map((transition: unknown) => [event, formsIn(transition)] as const),
        )
      : filedBy(part),
  )
}
function formsIn(transition: unknown): readonly string[] {
  const actions = (transition as { readonly actions?: unknown } | null)?.actions
  return (Array.isArray(actions) ? actions : [actions]).flatMap((action: unknown) => {
    const { type, params } = (action ?? {}) as { readonly type?: unknown; readonly params?: { readonly form?: unknown } }
    return type === 'fileDocument' ? [String(params?.form)] : []
  })
}

describe('the forms [ADJ-10, CPL-02, CPL-04, CPL-11]', () => {
  it('are those of every command that names one', () => {
    const named = Object.values(definitions).flatMap(({ kind, commands }) =>
      Object.entries(commands).flatMap(([command, { form }]) => (form === undefined ? [] : [`${kind}.${command}`])),
    )
    expect(forms.length).toBeGreaterThanOrEqual(14)
    expect(forms.map(({ kind, command }) => `${kind}.${command}`)).toEqual(named)
    expect(listForms('account').every(({ kind }) => kind === 'account')).toBe(true)
    expect(listForms('nothing')).toEqual([])
  })
  it('become documents at every step that carries one, and at no other', () => {
    const steps = Object.values(definitions).flatMap(({ kind, machine, commands }) =>
      filedBy(machine.config.states).map(([event, filed]) => ({ at: `${kind}.${event}`, form: commands[event]?.form, filed })),
    )
    const wrong = steps.filter(({ form, filed }) => filed.some((name) => name !== form) || filed.length > 1)
    expect(wrong).toEqual([])
    const unfiled = steps.filter(({ form, filed }) => form !== undefined && filed.length === 0).map(({ at }) => at)
    // A contract on other terms goes before the committee; what is signed in the end is filed.
    expect(unfiled).toEqual(['admission.sign'])
    const filed = new Set(steps.flatMap((step) => step.filed))
    expect(forms.map(({ form }) => form).filter((form) => !filed.has(form))).toEqual([])
  })
  it.each(locales)('have a title, help, and a label and help for every field: %s', (locale) => {
    const isText = (of: string, name: string): boolean => of.trim() !== '' && of !== name && !/^[a-z]+[A-Z]/.test(of)
    const untold = [
      ...forms
        .filter(({ form, title, help }) => !isText(title[locale], form) || !isText(help[locale], form))
        .map(({ form }) => form),
      ...all
        .filter(([, { name, label, help }]) => !isText(label[locale], name) || !isText(help[locale], name))
        .map(([path]) => path),
    ]
    expect(untold).toEqual([])
  })
  it.each(locales)('have no help that nothing asks for: %s', (locale) => {
    const { help } = textOf(locale)
    const known = new Set(forms.map(({ form }) => form))
    expect(Object.keys(help.forms).filter((form) => !known.has(form))).toEqual([])
    // Money is one value to a person and two fields to a form builder.
    const paths = all.flatMap(([path, { type }]) => (type === 'money' ? [path, `${path}.currency`, `${path}.minor`] : [path]))
    const used = paths.map((path) => {
      const inside = path.slice(path.indexOf('.') + 1)
      return [path, inside, inside.slice(inside.lastIndexOf('.') + 1)].find((key) => Object.hasOwn(help.fields, key))
    })
    expect(Object.keys(help.fields).filter((key) => !used.includes(key))).toEqual([])
  })
  it('are signed by two where the requirements ask for it [ADM-09, PRJ-01, PRJ-10]', () => {
    for (const form of signedForms.keys()) expect(forms.map((one) => one.form)).toContain(form)
    expect([...signedForms.keys()]).toEqual(['contract', 'needConfirmation', 'projectAcceptance'])
  })
  it.each(locales)('name every choice: %s', (locale) => {
    const unnamed = all.flatMap(([path, { choices }]) =>
      choices.filter(({ value, label }) => label[locale] === String(value)).map(({ value }) => `${path}: ${String(value)}`),
    )
    expect(unnamed).toEqual([])
  })
  it('say of each field what the schema says', () => {
    const field = (path: string): FormField | undefined => all.find(([at]) => at === path)?.[1]
    expect(field('complaintRecord.receivedAt')).toMatchObject({ type: 'instant', required: true, many: false })
    expect(field('complaintRecord.sites')).toMatchObject({ type: 'text', required: false, many: true, maxLength: 200 })
    expect(field('complaintRecord.named')).toMatchObject({ type: 'person', many: true, personal: false })
    expect(field('complaintRecord.contact')).toMatchObject({ type: 'text', personal: true })
    expect(field('complaintRecord.channel')).toMatchObject({ type: 'term', required: true })
    expect(field('handlingPlan.compensation')).toMatchObject({ type: 'money', required: false })
    expect(field('handlingPlan.finishBy')).toMatchObject({ type: 'date', required: false })
    expect(field('complaintArchive.prevention.owner')).toMatchObject({ type: 'person', required: true })
    expect(field('exitChecklist.noticeGiven')).toMatchObject({ type: 'yesNo', required: true })
    expect(field('exitChecklist.evidence.sha256')).toMatchObject({ type: 'text', required: false })
    expect(field('tierAdjustmentForm.to')?.choices.map(({ value }) => value)).toEqual(['A', 'B', 'C', 'D', 'exit'])
    expect(field('override.to')?.choices[0]?.label).toEqual({ en: 'tier A', 'zh-CN': 'A级' })
    expect(field('adoption.tier')).toMatchObject({ type: 'choice', nullable: true })
  })
  it('hold nothing that no person could fill in', () => {
    expect(all.filter(([, { type }]) => type === 'other').map(([path]) => path)).toEqual([])
  })
})
