export { choicesOf } from './choices.ts'
export { placeAt, type Place } from './places.ts'
export { policyJsonSchema, type PolicyJsonSchemaOptions } from './policy-json-schema.ts'
export { type PolicyLanguage } from './texts.ts'
