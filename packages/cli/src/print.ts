import type pc from 'picocolors'
import type { RunSummary } from './output/summary.ts'

const pad = (text: string, width: number, right = false): string => {
  const gap = ' '.repeat(Math.max(0, width - columns(text)))
  return right ? gap + text : text + gap
}
/** Wide characters take two columns of a terminal. */
const columns = (text: string): number =>
  Array.from(text).reduce(
    (n, c) =>
      n + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1),
    0,
  )

/** A table with aligned columns; numbers to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const all = [header, ...rows.map((r) => r.map(String))]
  const widths = header.map((_, i) => Math.max(...all.map((r) => columns(r[i] ?? ''))))
  const right = header.map(
    (_, i) => rows.length > 0 && rows.every((r) => typeof r[i] === 'number' || /^[\d.,%–-]+$/.test(r[i] ?? '')),
  )
  return all
    .map(
      (r) =>
        `  ${r
          .map((c, i) => pad(c, widths[i] ?? 0, right[i]))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n')
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`)

/** The summary as a person reads it in a terminal. */
export function printSummary(summary: RunSummary, out: string, c: ReturnType<typeof pc.createColors>): string {
  const lines: string[] = []
  const head = (text: string): void => void lines.push('', c.bold(text))
  lines.push(
    `${c.bold(summary.title)}  ${c.dim(`${summary.period.from} to ${summary.period.to} · policy ${summary.policy.id} ${summary.policy.version}`)}`,
  )

  head('Data')
  lines.push(
    textTable(
      ['file', 'rows', 'used', 'rejected', 'left out'],
      summary.data.files.map((f) => {
        const ignored = Object.entries(f.ignored)
        const left = ignored.reduce((n, [, k]) => n + k, 0)
        return [
          f.file,
          f.rows,
          f.used,
          f.rejected,
          left === 0 ? '0' : `${String(left)} (${ignored.map(([reason, n]) => `${reason} ${String(n)}`).join(', ')})`,
        ]
      }),
    ),
  )
  const { rows, used, rejected, ignored } = summary.data
  const sum = `${String(rows)} rows = ${String(used)} used + ${String(rejected)} rejected + ${String(ignored)} left out`
  lines.push(`  ${summary.data.addsUp ? c.green('✓') : c.red('✗')} ${sum}${rejected > 0 ? c.dim('  see rejected.csv') : ''}`)

  if (summary.cycles.length > 0) {
    head('Tiers after each cycle')
    lines.push(
      textTable(
        ['cycle', 'A', 'B', 'C', 'D', 'prov.', 'up', 'down', 'exit', 'kept', 'open'],
        summary.cycles.map((y) => [
          `${y.id}${y.partial ? ' *' : ''}`,
          y.tiers.A,
          y.tiers.B,
          y.tiers.C,
          y.tiers.D,
          y.tiers.none,
          y.up,
          y.down,
          y.exits,
          y.ends.kept + y.ends.rejected,
          y.ends.open,
        ]),
      ),
    )
    if (summary.cycles.some((y) => y.partial)) lines.push(c.dim('  * the files cover a part of this cycle'))
  }
  if (summary.complaints.total > 0) {
    head('Complaints')
    lines.push(
      `  ${String(summary.complaints.total)} in all: ${summary.complaints.states.map((s) => `${String(s.count)} ${s.state}`).join(', ')}`,
    )
    lines.push(
      textTable(
        ['clock', 'budget', 'met', 'late', 'running', 'on time'],
        summary.clocks.map((k) => [k.clock, k.budget, k.met, k.late, k.open, percent(k.met, k.met + k.late)]),
      ),
    )
  }
  const { admissions, projects, relations } = summary
  const states = (list: readonly { readonly state: string; readonly count: number }[]): string =>
    list.map((s) => `${String(s.count)} ${s.state}`).join(', ')
  if (admissions.total > 0) {
    head('Admissions')
    lines.push(`  ${String(admissions.total)} applications: ${states(admissions.states)}`)
    if (admissions.byException > 0) lines.push(`  ${String(admissions.byException)} admitted by an exception of the committee`)
    if (admissions.notInData > 0)
      lines.push(`  ${String(admissions.notInData)} could not be judged: the files do not say enough, see admissions.csv`)
  }
  if (projects.total > 0) {
    const { changes } = projects
    head('Projects')
    lines.push(
      `  ${String(projects.total)} projects, ${String(projects.versions)} versions of their baselines; ${String(changes.total)} changes: ${states(changes.states)}`,
      `  ${String(changes.minor)} minor, ${String(changes.major)} major, ${String(changes.emergencies)} emergencies; ${String(changes.overtaken)} assessed again because another came first; ${String(changes.refused)} refusals on the way`,
    )
  }
  if (relations.events > 0) {
    head('Relations')
    lines.push(
      `  ${String(relations.events)} events, ${String(relations.done)} done, ${String(relations.refused)} refused; where the accounts stand now: ${states(relations.states)}`,
    )
  }
  head('Policy')
  lines.push(
    `  ${String(summary.refusals.total)} commands refused by ${String(new Set(summary.refusals.byRule.map((r) => r.rule)).size)} rules; ${String(summary.warnings)} accounts near a downgrade`,
  )
  const { journal } = summary
  const verified = journal.verified === true ? c.green('chain and replay verified') : c.red('verification failed')
  lines.push(`  ${String(journal.entries)} journal entries of ${String(journal.instances)} instances, ${verified}`)
  head('Written')
  lines.push(`  ${out}: ${summary.files.join(', ')}`)
  return lines.join('\n')
}
