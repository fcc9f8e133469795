import type { ChartState, ChartStep, Statechart } from '../../packages/cli/src/report/statechart.ts'

const begin = '<!-- generated from the machine by `pnpm diagrams`: begin -->'
const end = '<!-- generated from the machine: end -->'

const nodeId = (id: string): string => id.replace(/[^A-Za-z0-9]/g, '_')

/** Mermaid draws no line between states of different surrounding states: such a line is drawn between those around them, as the table says exactly. */
const lifted = (chart: Statechart, step: ChartStep): readonly [from: string, to: string, within: string | null] | null => {
  if (step.to === null) return null
  const chain = (id: string): readonly string[] => {
    const parent = chart.states.find((state) => state.id === id)?.parent ?? null
    return parent === null ? [id] : [...chain(parent), id]
  }
  const from = chain(step.from)
  const to = chain(step.to)
  let depth = 0
  while (depth < from.length - 1 && depth < to.length - 1 && from[depth] === to[depth]) depth++
  return [from[depth] ?? step.from, to[depth] ?? step.to, depth === 0 ? null : (from[depth - 1] ?? null)]
}

const eventName = (event: string): string => (event === '' ? 'always' : event)

/** The machine as a `stateDiagram-v2`, commands between the same two states on one line. */
export function mermaid(chart: Statechart): string {
  const lines: string[] = ['stateDiagram-v2']
  const labels = new Map<string, string[]>()
  const at = new Map<string, string | null>()
  for (const step of chart.steps) {
    const edge = lifted(chart, step)
    if (edge === null) continue
    const key = `${nodeId(edge[0])} --> ${nodeId(edge[1])}`
    const known = labels.get(key) ?? []
    const name = eventName(step.event)
    labels.set(key, known.includes(name) ? known : [...known, name])
    at.set(key, edge[2])
  }
  const inside = (parent: string | null, indent: string): void => {
    for (const state of chart.states.filter((item) => item.parent === parent)) {
      const children = chart.states.some((item) => item.parent === state.id)
      lines.push(`${indent}state "${state.name}" as ${nodeId(state.id)}${children ? ' {' : ''}`)
      if (children) {
        inside(state.id, `${indent}  `)
        lines.push(`${indent}}`)
      }
      if (state.isInitial) lines.push(`${indent}[*] --> ${nodeId(state.id)}`)
      if (state.kind === 'final') lines.push(`${indent}${nodeId(state.id)} --> [*]`)
    }
    for (const [key, names] of labels) if (at.get(key) === parent) lines.push(`${indent}${key} : ${names.join(', ')}`)
  }
  inside(null, '  ')
  return lines.join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const code = (text: string): string => `\`${text}\``

/** Every way out of every state: what is sent, on what condition, where it leads and what happens on the way. */
export function table(chart: Statechart, label: (state: ChartState) => string): string {
  const nameOf = (id: string): string => {
    const state = chart.states.find((item) => item.id === id)
    return state === undefined ? 'anywhere' : label(state)
  }
  const rows = chart.steps.map((step) =>
    [
      nameOf(step.from),
      code(eventName(step.event)),
      step.guard === null ? '' : code(step.guard),
      step.to === null ? 'stays' : nameOf(step.to),
      step.actions.map(code).join(', '),
    ]
      .map(cell)
      .join(' | '),
  )
  return [
    '| State | Command or deadline | If | Leads to | What happens |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}

/** The generated part of a page, markers included. */
export const generatedPart = (chart: Statechart, picture: string, label: (state: ChartState) => string): string =>
  [
    begin,
    '<!-- prettier-ignore-start -->',
    '',
    '## States',
    '',
    `![The states of ${chart.id} and the commands between them](./${picture})`,
    '',
    '<details>',
    '<summary>The same as a Mermaid diagram</summary>',
    '',
    '```mermaid',
    mermaid(chart),
    '```',
    '',
    '</details>',
    '',
    '## Transitions',
    '',
    'A row without a condition applies when no row above it for the same command does. Who may send a command, and when it is refused, is in the rules.',
    '',
    table(chart, label),
    '',
    '<!-- prettier-ignore-end -->',
    end,
  ].join('\n')

/** The page with its generated part replaced; put at the end where the page has none, and under a title where there is no page. */
export function withGeneratedPart(page: string | undefined, title: string, part: string): string {
  const before = page ?? `# ${title}\n`
  const from = before.indexOf(begin)
  const until = before.indexOf(end)
  if (from === -1 || until === -1) return `${before.trimEnd()}\n\n${part}\n`
  return before.slice(0, from) + part + before.slice(until + end.length)
}
