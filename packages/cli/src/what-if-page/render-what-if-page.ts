import type { Simulation } from '@ka-governance/core'
import { html, trusted } from '../report/html.ts'
import { contextOf, say, type WhatIfPageOptions } from './context.ts'
import { periodText } from './period.ts'
import { diffSection } from './section-diff.ts'
import { loadSection } from './section-load.ts'
import { migrationSection } from './section-migration.ts'
import { moversSection } from './section-movers.ts'
import { openSection } from './section-open.ts'
import { provenanceSection } from './section-provenance.ts'
import { rebateSection } from './section-rebate.ts'
import { salesSection } from './section-sales.ts'
import { sensitivitySection } from './section-sensitivity.ts'
import { headline, summarySection } from './section-summary.ts'
import { unknownSection } from './section-unknown.ts'
import { style } from './style.ts'

/**
 * A simulation as one HTML page for whoever decides on the draft [GOV-05]: what would move and why, what it costs, whom it burdens, how much hangs on each
 * number, and what is not known. Styles and drawings are inline, nothing is loaded and nothing runs: the page's own content security policy allows no
 * script at all. Every value from the data is escaped. Pure: the same simulation and options give the same bytes.
 *
 * @example
 * ```ts no-run: needs a simulation
 * import type { Policy, Simulation } from '@ka-governance/core'
 * declare const [simulation, draft, digest]: [Simulation, Policy, string]
 * renderWhatIfPage(simulation, { locale: 'en', policy: draft, digest, simulatedAt: Date.UTC(2026, 0, 5) })
 * ```
 */
export function renderWhatIfPage(simulation: Simulation, options: WhatIfPageOptions): string {
  const context = contextOf(simulation, options)
  const { t } = context
  const { policy, cycle, period } = simulation
  const title = options.title ?? options.policy.title[options.locale]
  const [from, to] = periodText(period, options.locale)
  const subline = say(context, t.subline, {
    draft: `${policy.draft.id} ${policy.draft.version}`,
    inForce:
      policy.inForce === null
        ? t.noneInForce
        : say(context, t.inForce, {
            version:
              policy.inForce.id === policy.draft.id ? policy.inForce.version : `${policy.inForce.id} ${policy.inForce.version}`,
          }),
    cycle,
    from,
    to,
  })
  const sections = [
    ['summary', summarySection(context)],
    ['diff', diffSection(context)],
    ['migration', migrationSection(context)],
    ['sales', salesSection(context)],
    ['movers', moversSection(context)],
    ['sensitivity', sensitivitySection(context)],
    ['open', openSection(context)],
    ['load', loadSection(context)],
    ['rebate', rebateSection(context)],
    ['unknown', unknownSection(context)],
    ['provenance', provenanceSection(context)],
  ] as const
  const page = html`<!doctype html>
    <html lang="${options.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>${t.title} · ${policy.draft.id} ${policy.draft.version}</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header class="top">
          <div>
            <p class="eyebrow">${t.title} · ${title}</p>
            <h1>${headline(context)}</h1>
            <p>${subline}</p>
            <p class="calm">${t.nothingWritten}</p>
            ${simulation.scope === 'some' ? html`<p class="calm">${t.onlySome}</p>` : ''}
          </div>
        </header>
        <nav class="toc" aria-label="${t.title}">
          <div>${sections.map(([id]) => html`<a href="#${id}">${t.nav[id]}</a>`)}</div>
        </nav>
        <main>
          ${sections.map(([, body]) => html`${body} `)}
          <footer>${t.footer}</footer>
        </main>
      </body>
    </html> `
  return page.html
}
