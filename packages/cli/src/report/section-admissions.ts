import { minorDigits, type AdmissionScore } from '@ka-governance/core'
import { fill, labelOf, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import type { AdmissionReport } from './model-relations.ts'
import { stateName } from './state-name.ts'

type Grade = AdmissionScore['parts'][number]['measures'][number]

/** Money of any currency: the report's own is written short, another one plainly. */
export function moneyOf({ model, f }: Context, minor: number, currency: string): string {
  return currency === model.currency ? f.money(minor) : `${currency}\u00a0${f.decimal(minor / 10 ** minorDigits(currency), 2)}`
}

const answers: ReadonlySet<string> = new Set(['lawfulOperation', 'goodReputation', 'noMajorViolation'])

function gradeText(context: Context, grade: Pick<Grade, 'measure' | 'currency'>, value: number): string {
  if (grade.currency !== undefined) return moneyOf(context, value, grade.currency)
  if (answers.has(grade.measure)) return value === 1 ? context.t.yes : context.t.no
  return context.f.decimal(value, 1)
}

const signs = { '>=': '≥', '<=': '≤' } as const

function scoreTable(context: Context, score: AdmissionScore): Html {
  const { t, f } = context
  const rows = score.parts.flatMap((part) =>
    part.measures.map((grade, i) => {
      const lacks = score.shortfalls.find((s) => s.measure === grade.measure)
      const mark = grade.met ? html`<span class="ok">✓</span>` : html`<span class="no">✗</span>`
      return html`<tr>
        ${
          i === 0
            ? html`<td rowspan="${part.measures.length}">
                  ${labelOf(t.criteria, part.criterion)}${part.mandatory ? html`<br /><span class="muted small">${t.admissions.mandatory}</span>` : ''}
                </td>
                <td class="num" rowspan="${part.measures.length}">${f.decimal(part.weight, 1)}</td>
                <td class="num" rowspan="${part.measures.length}">${f.decimal(part.value, 1)}</td>`
            : ''
        }
        <td>${mark} ${labelOf(t.measures, grade.measure)}</td>
        <td class="num">
          ${answers.has(grade.measure) ? t.yes : `${signs[grade.op]} ${gradeText(context, grade, grade.required)}`}
        </td>
        <td class="num">${gradeText(context, grade, grade.actual)}</td>
        <td class="num">${lacks?.passesAt == null ? '' : gradeText(context, grade, lacks.passesAt)}</td>
      </tr>`
    }),
  )
  return html`<table>
    <caption>
      ${fill(t.admissions.score, { score: f.decimal(score.value, 1), min: f.decimal(score.minScore, 1) })}
    </caption>
    <thead>
      <tr>
        <th>${t.admissions.criterion}</th>
        <th class="num">${t.admissions.weight}</th>
        <th class="num">${t.admissions.value}</th>
        <th>${t.admissions.measure}</th>
        <th class="num">${t.admissions.required}</th>
        <th class="num">${t.admissions.actual}</th>
        <th class="num">${t.admissions.passesAt}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

const tones: { readonly [state: string]: string | undefined } = {
  established: 'good',
  rejected: 'bad',
  withdrawn: 'warn',
  expired: 'warn',
  notOpened: 'bad',
}

/** The refusals that a person saw, one a line. */
export function refusedList(texts: readonly string[], heading: string): Html {
  if (texts.length === 0) return html``
  return html`<div class="small">
    <span class="muted">${heading}</span>
    <ul class="refused">
      ${[...new Set(texts)].map((text) => html`<li>${text}</li>`)}
    </ul>
  </div>`
}

function applicationDetails(context: Context, a: AdmissionReport, open: boolean): Html {
  const { t, f } = context
  const texts = t.admissions
  const named = (names: readonly string[]): string => names.map((name) => labelOf(t.measures, name)).join(', ')
  const reasons = (a.score?.reasons ?? []).map((reason) =>
    reason.code === 'scoreTooLow'
      ? fill(labelOf(t.screening, reason.code), { actual: f.decimal(reason.actual, 1), required: f.decimal(reason.required, 1) })
      : fill(labelOf(t.screening, reason.code), { criterion: labelOf(t.criteria, reason.criterion) }),
  )
  const lines = [
    ...(a.missing.length === 0 ? [] : [html`<p class="small amber">${fill(texts.missing, { what: named(a.missing) })}</p>`]),
    ...(a.derived.length === 0 ? [] : [html`<p class="small muted">${fill(texts.derived, { what: named(a.derived) })}</p>`]),
    ...(a.exception === null ? [] : [html`<p class="small">${fill(texts.exception, { reason: a.exception })}</p>`]),
  ]
  const facts = [
    ...(reasons.length === 0 ? [] : [fill(texts.screenedOut, { reasons: reasons.join(', ') })]),
    ...(a.missing.length === 0 ? [] : [fill(texts.missingShort, { what: named(a.missing) })]),
    ...a.refused.slice(0, 1),
    ...(a.isCustomer ? [texts.isCustomer] : []),
    ...(a.returns === 0 ? [] : [fill(texts.returns, { n: f.int(a.returns) })]),
    ...(a.conditions === 0 ? [] : [fill(texts.conditions, { n: f.int(a.conditions) })]),
    ...(a.daysToDecision === null ? [] : [fill(texts.toDecision, { n: f.decimal(a.daysToDecision, 1) })]),
    ...(a.contract === null ? [] : [fill(texts.contract, { from: a.contract.from, to: a.contract.to })]),
    ...(a.state === 'expired' && a.daysToDecision !== null ? [texts.notSigned] : []),
  ]
  return html`<details class="move" ${open ? html` open` : ''}>
    <summary>
      <span class="nowrap">${a.appliedOn}</span
      ><span class="name"
        >${a.name} <span class="muted small">${a.accountId === a.name ? '' : a.accountId}</span
        ><span class="why">${facts.join(' · ')}</span></span
      ><span class="tag ${tones[a.state] ?? ''}">${stateName('admission', a.state, context.model.locale)}</span
      ><span class="num small muted"
        >${a.score === null ? '' : f.decimal(a.score.value, 1)}${a.daysToEnd === null ? '' : html`<br />${fill(texts.days, { n: f.decimal(a.daysToEnd, 1) })}`}</span
      >
    </summary>
    <div class="body">
      ${lines}${a.score === null ? '' : html`<div class="scroll">${scoreTable(context, a.score)}</div>`}
      ${refusedList(a.refused.slice(1), texts.refused)}
    </div>
  </details>`
}

/** Every application: its score with the parts, what was missing, its outcome and the days that it took. */
export function admissionsSection(context: Context): Html {
  const { model, t } = context
  const { admissions, projects, relations } = model
  if (admissions.length === 0) {
    const nothing = projects.length === 0 && relations.events.length === 0
    return html`<section id="admissions">
      <h2>${t.nav.admissions}</h2>
      <p class="lede">${nothing ? t.relationsNone : t.admissions.none}</p>
    </section>`
  }
  return html`<section id="admissions">
    <h2>${t.nav.admissions}</h2>
    <p class="lede">${t.admissions.lede}</p>
    <div class="panel long">${admissions.map((a, i) => applicationDetails(context, a, i === 0))}</div>
  </section>`
}
