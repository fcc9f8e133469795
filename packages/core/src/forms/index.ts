export type { ChoiceValue, FieldType } from './field-shape.ts'
export { formSchema, type FormSchemaOptions, type JsonSchema } from './form-schema.ts'
export { listForms, type Form, type FormChoice, type FormField } from './list-forms.ts'
export { renderForm, type RenderFormOptions } from './render-form.ts'
