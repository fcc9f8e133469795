import type { Labels } from '../policy/index.ts'
import type { WorkflowDefinition } from '../definition/define-workflow.ts'
import { definitions } from '../runtime/runtime.ts'
import { fieldsOf, shapeOf, type ChoiceValue, type FieldShape, type FieldType } from './field-shape.ts'
import { choiceLabel, formHelp, helpOf, inBoth, labelOf, titleOf, type FieldPlace } from './field-texts.ts'

/** One value that a person picks, with its name in every language. */
export interface FormChoice {
  readonly value: ChoiceValue
  readonly label: Labels
}

/** One field of a form. */
export interface FormField {
  /** Its name in the command. */
  readonly name: string
  readonly type: FieldType
  /** May not be left out. Fields with a default are not required. */
  readonly required: boolean
  readonly nullable: boolean
  /** A list of such values. */
  readonly many: boolean
  /** Personal data: its texts are kept apart from the journal and can be erased. */
  readonly personal: boolean
  /** Longest text in characters; `null`: not a text. */
  readonly maxLength: number | null
  readonly label: Labels
  /** What to write, in a sentence. */
  readonly help: Labels
  /** What may be picked, where the list is fixed; the ids of a `term` are the policy's, see `formSchema`. */
  readonly choices: readonly FormChoice[]
  /** Fields of a group, in order. */
  readonly fields: readonly FormField[]
}

/** A § form: the command that carries it, and its fields. */
export interface Form {
  readonly kind: string
  readonly command: string
  /** Name of the document, as `fileDocument` effects carry it. */
  readonly form: string
  /** Requirement id. */
  readonly clause: string
  readonly title: Labels
  /** What the form is for, in a sentence. */
  readonly help: Labels
  readonly fields: readonly FormField[]
}

/**
 * Every form of every workflow and ledger, in the order of their commands: made of the schemas that check the commands, so that a list of fields
 * and what is accepted cannot disagree [ADM-05, ADM-06, ADJ-10, CPL-02, PRJ-01].
 *
 * @param kind only forms of this workflow or ledger.
 * @example
 * ```ts
 * listForms('complaint').find(({ form }) => form === 'handlingPlan')?.fields.map(({ name, type, required }) => ({ name, type, required }))
 * // => [{ name: 'measures', type: 'text', required: true }, { name: 'compensation', type: 'money', required: false }, { name: 'finishBy', type: 'date', required: false }]
 * ```
 */
export function listForms(kind?: string): readonly Form[] {
  return Object.values(definitions)
    .filter((definition) => kind === undefined || definition.kind === kind)
    .flatMap((definition) => Object.keys(definition.commands).flatMap((command) => formOf(definition, command) ?? []))
}

function formOf(definition: WorkflowDefinition, command: string): Form | null {
  const spec = definition.commands[command]
  const form = spec?.form
  if (spec === undefined || form === undefined) return null
  return {
    kind: definition.kind,
    command,
    form,
    clause: spec.clause,
    title: inBoth((locale) => titleOf(form, locale)),
    help: inBoth((locale) => formHelp(form, locale) ?? ''),
    fields: (fieldsOf(spec.schema) ?? [])
      .filter(([name]) => name !== 'type')
      .map(([name, schema]) =>
        fieldOf(name, shapeOf(schema), { command, form, path: name }, spec.personal?.includes(name) === true),
      ),
  }
}

function fieldOf(name: string, shape: FieldShape, place: FieldPlace, personal: boolean): FormField {
  const { fields, values, ...rest } = shape
  return {
    name,
    ...rest,
    personal,
    label: inBoth((locale) => labelOf(place, locale)),
    help: inBoth((locale) => helpOf(place, locale) ?? ''),
    choices: values.map((value) => ({ value, label: inBoth((locale) => choiceLabel(place.path, value, values, locale)) })),
    fields: fields.map((field) => fieldOf(field.name, field, { ...place, path: `${place.path}.${field.name}` }, personal)),
  }
}
