import { erasedText, sealedDocumentOf, type JsonValue } from '../errors/index.ts'
import {
  formatInstant,
  formatLocalDate,
  formatMoneyIn,
  formatNumber,
  textOf,
  type DocumentTexts,
  type Locale,
} from '../i18n/index.ts'
import { partOf } from '../i18n/words.ts'
import type { Policy } from '../policy/index.ts'
import type { FieldShape } from './field-shape.ts'
import { choiceLabel, isBlank, labelOf, type FieldPlace } from './field-texts.ts'
import { markup, type Html, type Part } from './html.ts'
import { policyChoices } from './policy-choices.ts'

/** In whose words, names and zone values are shown. */
export interface ValueScope {
  readonly locale: Locale
  readonly policy: Policy
  /** IANA zone of instants. */
  readonly timeZone: string
  /** Name of a person. */
  readonly person: (id: string) => string
}

/** Only what a browser opens as a page; a link of any other kind is shown and not followed. */
const webAddress = /^https?:\/\/[^\s"'<>\\]+$/i

const given = (value: JsonValue | undefined): JsonValue => value ?? null

/** One value of a form as HTML: by what its field holds; what does not fit its field is shown as it is. */
export function renderValue(value: JsonValue | undefined, shape: FieldShape, place: FieldPlace, scope: ValueScope): Html {
  const { documents } = textOf(scope.locale)
  if (isBlank(value)) return markup`<span class="none">${documents.notGiven}</span>`
  const known = given(value)
  if (shape.many && Array.isArray(known)) return renderList(known as readonly JsonValue[], shape, place, scope)
  const gone = notShown(known, documents)
  if (gone !== null) return gone
  if (shape.type === 'group' && isObject(known))
    return isFile(shape) ? renderFile(known, scope) : renderGroup(known, shape, place, scope)
  if (typeof known === 'object') return plain(moneyText(known, scope.locale) ?? structured(known))
  return plain(lineOf(known, shape, place, scope))
}

/** A personal text that was erased, or that nobody has opened, is not there to be read. */
const notShown = (value: JsonValue, { erased, sealed }: DocumentTexts): Html | null =>
  value === erasedText
    ? markup`<em class="none">${erased}</em>`
    : sealedDocumentOf(value) !== null
      ? markup`<em class="none">${sealed}</em>`
      : null
const plain = (text: string): Html => markup`<bdi>${text}</bdi>`
const isObject = (value: JsonValue): value is { readonly [key: string]: JsonValue | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isFile = ({ fields }: FieldShape): boolean => fields.map(({ name }) => name).join() === 'uri,sha256'
/** What no form of ours holds is shown as data, whole. */
const structured = (value: JsonValue): string => JSON.stringify(value, null, 1)

function moneyText(value: JsonValue, locale: Locale): string | null {
  const [currency, minor] = [partOf(value, 'currency'), partOf(value, 'minor')]
  return typeof currency === 'string' && typeof minor === 'number' ? formatMoneyIn({ currency, minor }, locale) : null
}

function lineOf(value: string | number | boolean | null, shape: FieldShape, place: FieldPlace, scope: ValueScope): string {
  const { locale, policy, timeZone } = scope
  if (shape.type === 'choice' && shape.values.includes(value)) return choiceLabel(place.path, value, shape.values, locale)
  if (typeof value === 'boolean') return textOf(locale).grammar[value ? 'yes' : 'no']
  if (typeof value === 'number')
    return shape.type === 'instant' ? formatInstant(value, locale, { timeZone }) : formatNumber(value)
  const text = String(value)
  switch (shape.type) {
    case 'date':
      return text.length > 40 ? text : formatLocalDate(text, locale)
    case 'person':
      return scope.person(text)
    case 'term':
      return policyChoices(place.command, place.path, policy)?.find(({ id }) => id === text)?.label[locale] ?? text
    default:
      return text
  }
}

function renderList(values: readonly JsonValue[], shape: FieldShape, place: FieldPlace, scope: ValueScope): Html {
  const { documents } = textOf(scope.locale)
  const one = { ...shape, many: false }
  const items = values.map((value) => renderValue(value, one, place, scope))
  if (shape.type === 'group' && !isFile(shape))
    return markup`${items.map((item, k) => markup`<section class="item"><h3>${documents.item(String(k + 1))}</h3>${item}</section>`)}`
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`
}

/** A file: where it is, and what it hashes to, so that a print can be held against it. */
function renderFile(file: { readonly [name: string]: JsonValue | undefined }, scope: ValueScope): Html {
  const { documents } = textOf(scope.locale)
  const { uri, sha256 } = file
  const address = typeof uri === 'string' ? uri : ''
  const where: Part = webAddress.test(address)
    ? markup`<a href="${address}" rel="noopener noreferrer">${plain(address)}</a>`
    : (notShown(address, documents) ?? plain(address))
  const checksum: Part =
    typeof sha256 === 'string'
      ? markup`${documents.checksum} <code>${sha256}</code>`
      : markup`<span class="none">${documents.noChecksum}</span>`
  return markup`${where}<br><small>${checksum}</small>`
}

function renderGroup(
  value: { readonly [name: string]: JsonValue | undefined },
  shape: FieldShape,
  place: FieldPlace,
  scope: ValueScope,
): Html {
  return renderFields(value, shape.fields, place, scope)
}

/** A table of fields, in the order of the schema; what the schema does not know (a form of an older version) comes after, under its own name. */
export function renderFields(
  values: { readonly [name: string]: JsonValue | undefined },
  fields: readonly (FieldShape & { readonly name: string })[],
  place: Omit<FieldPlace, 'path'> & { readonly path?: string },
  scope: ValueScope,
): Html {
  const known = new Set(fields.map(({ name }) => name))
  const inside = (name: string): FieldPlace => ({ ...place, path: place.path === undefined ? name : `${place.path}.${name}` })
  const rows: readonly (readonly [string, Html])[] = [
    ...fields.map((field) => {
      const at = inside(field.name)
      return [labelOf(at, scope.locale), renderValue(values[field.name], field, at, scope)] as const
    }),
    ...Object.keys(values)
      .filter((name) => !known.has(name))
      .map(
        (name) => [labelOf(inside(name), scope.locale), renderValue(values[name], unknownShape, inside(name), scope)] as const,
      ),
  ]
  return markup`<table><tbody>${rows.map(([label, value]) => markup`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</tbody></table>`
}

const unknownShape: FieldShape = {
  type: 'text',
  required: false,
  nullable: true,
  many: true,
  values: [],
  maxLength: null,
  fields: [],
}
