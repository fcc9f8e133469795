import { createWords } from '../i18n/create-words.ts'
import { formatInstant, formatOptionsOf, textOf, type DocumentTexts, type Locale } from '../i18n/index.ts'
import type { Policy } from '../policy/index.ts'
import type { FiledDocument } from '../runtime/index.ts'
import type { AnyCommand, CommandSpec } from '../definition/define-workflow.ts'
import { definitions } from '../runtime/runtime.ts'
import { fieldsOf, shapeOf } from './field-shape.ts'
import { commandName, titleOf } from './field-texts.ts'
import { markup, trusted, type Html } from './html.ts'
import { pageStyle } from './page-style.ts'
import { renderFields, type ValueScope } from './render-value.ts'
import { signaturesOf, type Signatory } from './signatures.ts'

/** How a document is shown. */
export interface RenderFormOptions {
  readonly locale: Locale
  /** Names of departments, channels …; its title stands at the head. */
  readonly policy: Policy
  /** IANA zone of instants; default the policy's. */
  readonly timeZone?: string
  /** Names of people by id; default those of the policy's directory. */
  readonly people?: { readonly [id: string]: string | undefined }
  /** Name of the company, for the head of the page. */
  readonly company?: string
}

/**
 * A filed form as a page of HTML that needs nothing else: A4, for screen and print, with the labels and the order of the form, attachments with their
 * checksums, lines to sign where two parties sign, and the journal entry that proves it. Whatever people wrote is text in it: no markup, no script and no
 * turn of the reading direction gets through.
 *
 * @param document as `documents()` of a workflow gives it, personal texts opened; erased ones are shown as erased.
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * const page = renderForm(document, { locale: 'zh-CN', policy, company: '苏州某某材料有限公司' })
 * page.startsWith('<!doctype html>') // => true
 * ```
 */
export function renderForm(document: FiledDocument, options: RenderFormOptions): string {
  const { locale, policy } = options
  const texts = textOf(locale)
  const { people, timeZone } = formatOptionsOf(policy)
  const scope: ValueScope = {
    locale,
    policy,
    timeZone: options.timeZone ?? timeZone,
    person: createWords(locale, { people: options.people ?? people ?? {} }, false).person,
  }
  const title = titleOf(document.form, locale)
  const spec = specOf(document)
  const schemas = spec === undefined ? [] : (fieldsOf(spec.schema) ?? []).filter(([name]) => name !== 'type')
  const fields = schemas.map(([name, schema]) => ({ name, ...shapeOf(schema) }))
  const page = markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} ${document.number}</title>
<style>${trusted(pageStyle)}</style>
</head>
<body>
<header>
<p><bdi>${options.company ?? policy.title[locale]}</bdi></p>
<h1>${title}</h1>
<p>${spec === undefined ? '' : texts.documents.clause(spec.clause)}</p>
</header>
<main>
${factsTable(document, scope)}
${renderFields(document.fields, fields, { command: document.command, form: document.form }, scope)}
${signatureLines(signaturesOf(document.form), texts.documents)}
</main>
${proof(document, texts.documents, scope.timeZone)}
</body>
</html>
`
  return page.html
}

/** The command that carried the form; a document of another version may carry one that is no more, and is shown all the same. */
function specOf({ kind, command }: FiledDocument): CommandSpec<unknown, AnyCommand> | undefined {
  const commands = Object.hasOwn(definitions, kind) ? definitions[kind]?.commands : undefined
  return commands !== undefined && Object.hasOwn(commands, command) ? commands[command] : undefined
}

/** What stands above the fields: whose, which, when and by whom. */
function factsTable(document: FiledDocument, { locale, policy, person, timeZone }: ValueScope): Html {
  const { documents, entries } = textOf(locale)
  const { accountId, onBehalfOf } = document
  const who = person(document.filedBy)
  const pinned = document.policy.id === policy.id ? policy.title[locale] : document.policy.id
  const rows: readonly (readonly [string, string])[] = [
    ...(accountId === null ? [] : [[documents.account, accountId] as const]),
    [documents.instance, document.instanceId],
    [documents.command, commandName(document.kind, document.command, locale)],
    [documents.number, document.number],
    [documents.filedAt, formatInstant(document.filedAt, locale, { timeZone, weekday: true })],
    [documents.filedBy, onBehalfOf === null ? who : entries.onBehalfOf(who, person(onBehalfOf))],
    [documents.policy, documents.version(pinned, document.policy.version)],
  ]
  const line = ([label, value]: readonly [string, string]): Html =>
    markup`<tr><th scope="row">${label}</th><td><bdi>${value}</bdi></td></tr>`
  return markup`<table class="facts"><tbody>${rows.map(line)}</tbody></table>`
}

/** Where both parties sign, each gets its lines [ADM-09, PRJ-01, PRJ-10]. */
function signatureLines(signatories: readonly Signatory[], texts: DocumentTexts): Html {
  if (signatories.length === 0) return trusted('')
  const lines = [texts.signature, texts.signedBy, texts.signedOn]
  const of = (party: Signatory): Html =>
    markup`<section><h3>${texts.signatories[party]}</h3><dl>${lines.map((line) => markup`<dt>${line}</dt><dd></dd>`)}</dl></section>`
  return markup`<h2>${texts.signatures}</h2><div class="signatures">${signatories.map(of)}</div>`
}

/** What ties the paper to the journal. */
function proof({ number, hash }: FiledDocument, texts: DocumentTexts, timeZone: string): Html {
  return markup`<footer><p>${texts.proof} <code>${number}</code></p><p>${texts.hash} <code>${hash}</code></p><p>${texts.zone(timeZone)}</p></footer>`
}
