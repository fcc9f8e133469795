// The table of clauses as a page for people.
import { isServed, type Clause, type ClauseSubject, type ClauseTable, type Serving } from './table.ts'

const kindNames: Readonly<Record<Clause['kind'], string>> = {
  step: 'a step',
  computed: 'to compute',
  duty: 'a recurring duty',
  record: 'a record',
  right: 'a right',
  statement: 'a statement',
  parameter: 'a parameter',
  design: 'of the design',
}

const code = (text: string): string => `\`${text}\``
/** Text that markdown would take for marks. */
const plain = (text: string): string => text.replaceAll(/[\\`*_<>[\]|]/g, (mark) => `\\${mark}`)
const shortPath = (path: string): string => path.replace(/^packages\/([^/]+)\/(src|test)\//, '$1/$2/')
const line = (name: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`- ${name}: ${items.join(', ')}`]

const serving = (items: readonly Serving[], where: (text: string) => string): readonly string[] =>
  items.map((item) => `${code(item.name)} (${item.where.map(where).join(', ')})`)

/** What is missing, as a person would put it; empty where nothing is. */
const marks = (clause: Clause): readonly string[] => [
  ...(isServed(clause) ? [] : ['nothing serves it']),
  ...(clause.tests.length > 0 ? [] : ['no test names it']),
]

const own = ({ id, parameters }: Clause): readonly string[] =>
  parameters.map(
    ({ path, number, label, zh }) => `${code(path)} (${number === id ? '' : `${number}, `}${plain(label)}, ${plain(zh)})`,
  )

const clausePart = (clause: Clause): readonly string[] => {
  const zh = clause.zh === undefined ? '' : ` · ${plain(clause.zh)}`
  return [
    `### ${clause.id} ${plain(clause.what)}${zh}`,
    '',
    ...marks(clause).map((mark) => `- **${mark}**`),
    ...(clause.missing === undefined ? [] : [`- why: ${plain(clause.missing)}`]),
    ...line('is', [kindNames[clause.kind]]),
    ...line('asked by', clause.requirements),
    ...line('parameters', own(clause)),
    ...line('rules', serving(clause.rules, plain)),
    ...line('commands', clause.commands.map(code)),
    ...line('forms', clause.forms.map(code)),
    ...line('clocks', clause.clocks.map(code)),
    ...line(
      'functions',
      serving(clause.functions, (path) => shortPath(path)),
    ),
    ...line('named in', clause.files.map(shortPath)),
    ...clause.tests.flatMap(({ path, titles }) => [
      `- tested in ${shortPath(path)}`,
      ...titles.map((title) => `  - ${plain(title)}`),
    ]),
    '',
  ]
}

const count = (clauses: readonly Clause[], has: (clause: Clause) => boolean): string => {
  const n = clauses.filter(has).length
  return n === clauses.length ? 'all' : n === 0 ? '–' : String(n)
}

const overview = ({ family, name, clauses }: ClauseSubject): string =>
  `| ${[
    `${plain(name)} (${family})`,
    String(clauses.length),
    count(clauses, ({ parameters }) => parameters.length > 0),
    count(clauses, ({ rules }) => rules.length > 0),
    count(clauses, isServed),
    count(clauses, ({ tests }) => tests.length > 0),
  ].join(' | ')} |`

const gap = (clause: Clause): string =>
  `| ${[clause.id, plain(clause.what), kindNames[clause.kind], clause.missing === undefined ? '' : plain(clause.missing)].join(' | ')} |`

function clausePage({ subjects }: ClauseTable): string {
  const all = subjects.flatMap(({ clauses }) => clauses)
  const asked = all.filter(({ kind }) => kind !== 'design')
  const designed = all.filter(({ kind, rules, commands }) => kind === 'design' && rules.length + commands.length > 0)
  return [
    '# Clauses',
    '',
    '<!-- written by `pnpm clauses`; a test compares it with the sources -->',
    '',
    'For every number: what is asked, the settings of the policy that belong to it, what serves it, and the tests that name it.',
    'The same as data for programs: [clauses.json](clauses.json). Why something is not served: [requirements](requirements.md).',
    '',
    'A rule is a `may…` function that refuses a command, with the commands that it guards. Commands, forms and clocks carry one clause each;',
    'functions are those whose description names the number.',
    '',
    '| Subject | Clauses | with parameters | with rules | served | tested |',
    '| --- | --- | --- | --- | --- | --- |',
    ...subjects.map(overview),
    '',
    '## Clauses that nothing serves',
    '',
    'Statements need nothing; the rest belongs to systems that are not part of this one yet, or to the host.',
    '',
    '| Number | What it asks | It is | Why |',
    '| --- | --- | --- | --- |',
    ...asked.filter((clause) => !isServed(clause)).map(gap),
    '',
    '## Rules that no clause asks for',
    '',
    ...(designed.length === 0
      ? ['None refuses a command: what the design asks for is refused by the runtime itself, see the end of this page.', '']
      : designed.flatMap(clausePart)),
    ...subjects.flatMap(({ family, name, clauses }) => [
      `## ${plain(name)} (${family})`,
      '',
      ...clauses.filter((clause) => !designed.includes(clause)).flatMap(clausePart),
    ]),
  ].join('\n')
}

/** The two files that the table is committed as: for people, and for programs (a line a clause, so that a difference shows which one changed). */
export function clauseFiles(table: ClauseTable): readonly Readonly<{ path: string; text: string }>[] {
  const lists = table.subjects.map(({ family, name, clauses }) => {
    const lines = clauses.map((clause) => JSON.stringify(clause)).join(',\n')
    return `{"family":${JSON.stringify(family)},"name":${JSON.stringify(name)},"clauses":[\n${lines}\n]}`
  })
  return [
    { path: 'docs/clauses.md', text: `${clausePage(table).trimEnd()}\n` },
    { path: 'docs/clauses.json', text: `{"schema":1,"subjects":[\n${lists.join(',\n')}\n]}\n` },
  ]
}
