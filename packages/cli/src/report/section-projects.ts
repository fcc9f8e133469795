import { markLine } from './charts-relations.ts'
import { fill, labelOf, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import type { ChangeReport, ProjectReport } from './model-relations.ts'
import { moneyOf, refusedList } from './section-admissions.ts'
import { stateName } from './state-name.ts'

const fills: { readonly [how: string]: string | undefined } = {
  plan: 'var(--a)',
  minor: 'var(--c)',
  major: 'var(--b)',
  emergency: 'var(--amber)',
}

function versionsChart({ t }: Context, project: ProjectReport): Html {
  if (project.versions.length === 0) return html``
  const marks = project.versions.map((v) => ({
    at: Date.parse(v.on),
    label: `v${String(v.version)} ${v.by === null ? t.projects.plan : `${v.back ? '↶ ' : ''}${v.by}`}`,
    title: `v${String(v.version)} · ${v.on} · ${labelOf(t.changeClasses, v.approvedAs)}`,
    fill: fills[v.approvedAs] ?? 'var(--n)',
  }))
  const legend = (['plan', 'minor', 'major', 'emergency'] as const).filter((how) =>
    project.versions.some((v) => v.approvedAs === how),
  )
  return html`<figure>
    <div class="legend">
      ${legend.map((how) => html`<span><i style="background:${fills[how] ?? ''}"></i>${labelOf(t.changeClasses, how)}</span>`)}
    </div>
    ${markLine(marks, t.projects.versions)}
  </figure>`
}

function reasonsOf({ t, f }: Context, change: ChangeReport): string {
  return change.reasons
    .map((reason) => {
      switch (reason.because) {
        case 'budget':
          return reason.share === null
            ? fill(t.projects.reasonBudgetUnknown, { limit: f.decimal(reason.limit, 1) })
            : fill(t.projects.reasonBudget, { share: f.decimal(reason.share, 1), limit: f.decimal(reason.limit, 1) })
        case 'endDate':
          return fill(t.projects.reasonEnd, { days: f.int(reason.workingDays), limit: f.int(reason.limit) })
        default:
          return labelOf(t.changeReasons, reason.because)
      }
    })
    .join(', ')
}

const tones: { readonly [state: string]: string | undefined } = {
  closed: 'good',
  rejected: 'bad',
  rolledBack: 'warn',
  expired: 'warn',
  withdrawn: 'warn',
  notOpened: 'bad',
}

function changeRow(context: Context, change: ChangeReport): Html {
  const { t, f } = context
  const texts = t.projects
  const notes = [
    ...(change.overtaken === 0
      ? []
      : [change.overtaken === 1 ? texts.overtaken : fill(texts.overtakenTimes, { n: f.int(change.overtaken) })]),
    ...(change.breach === null ? [] : [labelOf(t.breaches, change.breach)]),
    ...(change.back === null
      ? []
      : [fill(texts.undone, { state: stateName('project-change', change.back, context.model.locale) })]),
  ]
  const why = reasonsOf(context, change)
  return html`<tr>
    <td class="nowrap"><b>${change.changeId}</b><br /><span class="muted small">${change.appliedOn}</span></td>
    <td>
      ${change.reason}${notes.length === 0 ? '' : html`<br /><span class="small amber">${notes.join(' · ')}</span>`}
      ${refusedList(change.refused, texts.refused)}
    </td>
    <td>
      ${change.class === null ? '–' : labelOf(t.changeClasses, change.class)}${change.emergency ? html`<br /><span class="tag warn">${labelOf(t.changeClasses, 'emergency')}</span>` : ''}${why === '' ? '' : html`<br /><span class="muted small">${why}</span>`}
    </td>
    <td class="nowrap">${change.consent === null ? '–' : labelOf(t.consents, change.consent)}</td>
    <td>
      <span class="tag ${tones[change.state] ?? ''}">${stateName('project-change', change.state, context.model.locale)}</span>
    </td>
    <td class="num">${change.version === null ? '–' : `v${String(change.version)}`}</td>
    <td class="num">${change.daysToEnd === null ? '–' : f.decimal(change.daysToEnd, 1)}</td>
  </tr>`
}

function projectPanel(context: Context, project: ProjectReport): Html {
  const { t } = context
  const texts = t.projects
  const { endDate, budget } = project
  const money = (m: { readonly currency: string; readonly minor: number }): string => moneyOf(context, m.minor, m.currency)
  const facts = [
    project.accountName,
    stateName('project', project.state, context.model.locale),
    ...(endDate === null ? [] : [fill(endDate.first === endDate.last ? texts.endSame : texts.end, endDate)]),
    ...(budget === null
      ? []
      : [
          fill(
            budget.first.minor === budget.last.minor && budget.first.currency === budget.last.currency
              ? texts.budgetSame
              : texts.budget,
            { first: money(budget.first), last: money(budget.last) },
          ),
        ]),
  ]
  return html`<div class="panel long">
    <h3 class="first">
      ${project.name} <span class="muted small">${project.projectId === project.name ? '' : project.projectId}</span>
    </h3>
    <p class="small muted">${facts.join(' · ')}</p>
    ${refusedList(project.refused, texts.refused)}${versionsChart(context, project)}
    ${
      project.changes.length === 0
        ? html`<p class="small muted">${texts.noChanges}</p>`
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>${texts.change}</th>
                  <th></th>
                  <th>${texts.classOf}</th>
                  <th>${texts.consent}</th>
                  <th>${texts.state}</th>
                  <th class="num">${texts.version}</th>
                  <th class="num">${texts.days}</th>
                </tr>
              </thead>
              <tbody>
                ${project.changes.map((change) => changeRow(context, change))}
              </tbody>
            </table>
          </div>`
    }
  </div>`
}

/** Every project: the versions of its baseline, its changes with class and reason, and what was refused. */
export function projectsSection(context: Context): Html {
  const { model, t } = context
  if (model.projects.length === 0) {
    // Said once for all three where there is nothing at all.
    if (model.admissions.length === 0 && model.relations.events.length === 0) return html``
    return html`<section id="projects">
      <h2>${t.nav.projects}</h2>
      <p class="lede">${t.projects.none}</p>
    </section>`
  }
  return html`<section id="projects">
    <h2>${t.nav.projects}</h2>
    <p class="lede">${t.projects.lede}</p>
    ${model.projects.map((project) => projectPanel(context, project))}
  </section>`
}
