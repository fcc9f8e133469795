// The written rules of `packages/core/src` as lint rules: what a pure module may not touch, and who may import what.
// Kept apart from eslint.config.mjs so that test/purity.test.ts can try each of them on a line that breaks it.

/** Files of core that may touch a clock, a random source or Node: tests, the conformance suite and the host's replaceable defaults. */
export const impureFiles = [
  'packages/core/src/**/*.test.ts',
  'packages/core/src/**/testing/**',
  'packages/core/src/conformance/**/*.ts',
  'packages/core/src/runtime/host.ts',
]

const core = (folders) => folders.map((folder) => `packages/core/src/${folder}`)

const globals = [
  ['process', 'configuration is an argument or belongs to the policy'],
  ['Buffer', 'core runs in a browser too; use Uint8Array'],
  ['console', 'core says nothing; return data, or name an effect'],
  ['fetch', 'core does no I/O; that is what the ports are for'],
  ['XMLHttpRequest', 'core does no I/O; that is what the ports are for'],
  ['WebSocket', 'core does no I/O; that is what the ports are for'],
  ['performance', 'time is an argument (epoch milliseconds)'],
  ['crypto', 'take `newId` and `sha256` from the host (runtime/host.ts)'],
  ['setTimeout', 'deadlines are SLA clocks in the instance, settled by instant'],
  ['setInterval', 'deadlines are SLA clocks in the instance, settled by instant'],
  ['setImmediate', 'deadlines are SLA clocks in the instance, settled by instant'],
  ['queueMicrotask', 'core schedules nothing'],
  ['localStorage', 'core keeps nothing; state lives in the store'],
  ['globalThis', 'a way round every rule above'],
  ['window', 'a way round every rule above'],
  ['require', 'ES modules only'],
].map(([name, message]) => ({ name, message: `Not in core: ${message}.` }))

const properties = [
  { object: 'Date', property: 'now', message: 'Not in core: time is an argument (epoch milliseconds).' },
  { object: 'Math', property: 'random', message: 'Not in core: take `newId` from the host; outcomes are deterministic.' },
  { object: 'Temporal', property: 'Now', message: 'Not in core: time is an argument (epoch milliseconds).' },
]

const local = 'FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds'
const syntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Not in core: time is an argument (epoch milliseconds).',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'Not in core: Date() reads the clock; time is an argument.' },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length>1]",
    message: "Not in core: these parts are read in the host's zone; use Date.UTC or the working calendar.",
  },
  {
    selector: `CallExpression > MemberExpression.callee[property.name=/^(get|set)(${local})$|^getTimezoneOffset$|^toLocale(Date|Time)?String$/]`,
    message: "Not in core: the answer depends on the host's zone or locale; use the UTC methods, the working calendar or i18n/.",
  },
]

/** Style rules for all TypeScript of the project; core's own list repeats them, because a later entry replaces an earlier one. */
export const everywhere = [
  { selector: 'ExportAllDeclaration', message: 'The public surface is chosen: export by name.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
]

const pure = {
  'no-restricted-globals': ['error', ...globals],
  'no-restricted-properties': ['error', ...properties],
  'no-restricted-syntax': ['error', ...everywhere, ...syntax],
}

const node = {
  regex: '^node:',
  message: 'Core runs in a browser and in a CRM as well as on Node; only conformance/ and runtime/host.ts may import node:.',
}
const xstate = {
  regex: '^(xstate|@xstate/.*)($|/)',
  message: 'Only definition/, workflows/, ledgers/, runtime/ and machines.ts import xstate.',
}
const dates = { regex: '^(date-fns|@date-fns/.*)($|/)', message: 'Only calendar/ and i18n/ import date-fns.' }
const ownName = { regex: '^@ka-governance/core', message: 'Core imports its own modules by relative path.' }
const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

const workflows = ['admission', 'complaint', 'project-change', 'tier-adjustment']

/** Flat-config entries for core; later entries replace the import rule of earlier ones for their files, so each states its whole list. */
export const purity = [
  { name: 'core/pure', files: core(['**/*.ts']), ignores: impureFiles, rules: pure },
  { name: 'core/imports', files: core(['**/*.ts']), ignores: impureFiles, rules: imports(node, xstate, dates, ownName) },
  {
    name: 'core/imports/dates',
    files: core(['calendar/**/*.ts', 'i18n/**/*.ts']),
    ignores: impureFiles,
    rules: imports(node, xstate, ownName),
  },
  {
    name: 'core/imports/machines',
    files: core(['definition/**/*.ts', 'workflows/**/*.ts', 'ledgers/**/*.ts', 'runtime/**/*.ts', 'machines.ts']),
    ignores: impureFiles,
    rules: imports(node, dates, ownName),
  },
  ...workflows.map((workflow) => ({
    name: `core/imports/${workflow}`,
    files: core([`workflows/${workflow}/**/*.ts`]),
    ignores: impureFiles,
    rules: imports(node, dates, ownName, {
      regex: `/(${workflows.filter((other) => other !== workflow).join('|')})/`,
      message: 'Workflows never import each other; what they share belongs to workflows/, ledgers/ or lower.',
    }),
  })),
]

/** Everything that is not core meets core at its public entries. */
export const outside = {
  name: 'outside/imports',
  files: ['packages/!(core)/**/*.ts', 'examples/**/*.ts'],
  rules: imports(
    { regex: '(^|/)core/(src|dist)(/|$)', message: 'Import @ka-governance/core, its /machines or its /conformance.' },
    {
      regex: '^@ka-governance/core/(?!conformance$|machines$|package\\.json$)',
      message: 'Import @ka-governance/core, its /machines or its /conformance.',
    },
    { regex: '^(\\.\\./)+adapter-[a-z]+/', message: 'Import another package by its name.' },
  ),
}
