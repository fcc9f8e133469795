import { createHash } from 'node:crypto'
import { minorDigits } from '@ka-governance/core'
import { contextOf, fill } from './context.ts'
import { html, trusted } from './html.ts'
import type { ReportModel } from './model.ts'
import { admissionsSection } from './section-admissions.ts'
import { complaintsSection } from './section-complaints.ts'
import { dataSection, methodsSection, workflowsSection } from './section-data.ts'
import { moversSection } from './section-movers.ts'
import { projectsSection } from './section-projects.ts'
import { refusalsSection, warningsSection } from './section-refusals.ts'
import { relationsSection } from './section-relations.ts'
import { summarySection } from './section-summary.ts'
import { tiersSection } from './section-tiers.ts'
import { script, style } from './style.ts'

/**
 * The report as one HTML page: styles and drawings inline, nothing loaded from anywhere, readable without script, in print and in the dark. Every value
 * from the data is escaped; the page's own content security policy allows nothing but its own script. Pure: the same model gives the same bytes.
 */
export function renderReport(model: ReportModel): string {
  const context = contextOf(model, minorDigits(model.currency))
  const { t } = context
  const sections = [
    ['summary', summarySection(context)],
    ['tiers', tiersSection(context)],
    ['movers', moversSection(context)],
    ['complaints', complaintsSection(context)],
    ['admissions', admissionsSection(context)],
    ['projects', projectsSection(context)],
    ['relations', relationsSection(context)],
    ['refusals', refusalsSection(context)],
    ['warnings', warningsSection(context)],
    ['workflows', workflowsSection(context)],
    ['data', dataSection(context)],
    ['methods', methodsSection(context)],
  ] as const
  const shown = sections.filter(([, body]) => body.html !== '')
  const hash = createHash('sha256').update(script).digest('base64')
  const csp = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'`
  const dates = fill(t.dateRange, { from: model.period.from, to: model.period.to })
  // In one piece: a formatter's white space inside would change the hash.
  const scriptElement = trusted(`<script>${script}</script>`)
  const page = html`<!doctype html>
    <html lang="${model.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${csp}" />
        <meta name="referrer" content="no-referrer" />
        <title>${model.portfolio.title} · ${t.title}</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header class="top">
          <div>
            <p class="eyebrow">${t.title}</p>
            <h1>${model.portfolio.title}</h1>
            <p>
              ${dates} · ${fill(t.policyLine, { id: model.policy.id, version: model.policy.version })} · ${model.policy.title} ·
              ${model.timeZone}
            </p>
          </div>
        </header>
        <nav class="toc"><div>${shown.map(([id]) => html`<a href="#${id}">${t.nav[id]}</a>`)}</div></nav>
        <main>
          ${shown.map(([, body]) => html`${body} `)}
          <footer>${fill(t.footer, { seed: model.seed, hash: model.policy.hash.slice(0, 16) })}</footer>
        </main>
        ${scriptElement}
      </body>
    </html> `
  return page.html
}
