import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  checkPolicy,
  formatFinding,
  InvalidInputError,
  parseCalendar,
  type CalendarDocument,
  type Directory,
  type EffectHandler,
  type Finding,
  type GovernanceStore,
  type Handlers,
  type Policy,
} from '@ka-governance/core'
import { shorten } from '../ingest/finding.ts'
import { say, type Said } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import { ConfigError } from './config-error.ts'
import { fileProblem, InputFileError, readTextFile } from './input-file.ts'
import { loadPolicyFile } from './policy-file.ts'

/** What a configuration file says: where the records are, under which policy, and who is who. */
export interface CliConfig {
  /** The file it was read from. */
  readonly file: string
  /** A store, or the folder of a registry that `publish` keeps. */
  readonly store: GovernanceStore | { readonly registry: string }
  readonly policy: Policy
  readonly directory?: Directory
  readonly handlers?: Handlers
  /** Newer calendar data, by calendar id. */
  readonly calendars?: { readonly [id: string]: CalendarDocument }
}

/** Names under which a configuration is looked for, in this order. */
export const configNames = ['ka-governance.config.mjs', 'ka-governance.config.js', 'ka-governance.config.json'] as const

const keys = ['store', 'policy', 'directory', 'handlers', 'calendars'] as const
type Key = (typeof keys)[number]

const storeShape: { readonly [method: string]: readonly string[] | null } = {
  load: null,
  commit: null,
  entryByKey: null,
  history: null,
  due: null,
  find: null,
  project: null,
  effects: ['pending', 'ack', 'fail', 'dead', 'revive'],
  personal: ['read', 'erase'],
  policies: ['get', 'put', 'list'],
  accounts: ['get', 'list', 'facts'],
}
const directoryMethods = ['rolesOf', 'members', 'delegations', 'superiorOf'] as const

type Fail = (key: string, message: Said, remedy: Said, cause?: unknown) => never
type Members = { readonly [name: string]: unknown }

const missing = say('missing', '缺失')

/** What another program says of its own failure, as it says it. */
const whyOf = (error: unknown, max = 300): string => shorten(error instanceof Error ? error.message : String(error), max)

/**
 * Reads the configuration: `--config`, else the first of `configNames` in the folder; `null` when there is none.
 *
 * A module exports `store` and `policy`, and may export `directory`, `handlers` and `calendars`, by name or as its default. `store` is a `GovernanceStore`, a function that makes one, or
 * `{ registry: 'DIR' }`; `policy` a loaded policy, a document, or the name of a file beside the configuration. A JSON file can only name files.
 *
 * @throws InputFileError when the file cannot be read, ConfigError naming file and key, PolicyFileError for what is wrong in the policy it names.
 */
export async function loadConfig(given: string | undefined, cwd = '.'): Promise<CliConfig | null> {
  const name = given ?? configNames.find((one) => existsSync(resolve(cwd, one)))
  if (name === undefined) return null
  const shown = shorten(name, 200)
  const path = resolve(cwd, name)
  const fail: Fail = (key, message, remedy, cause) => {
    throw new ConfigError(shown, key, message, remedy, cause)
  }
  if (!/\.(mjs|js|json)$/i.test(path))
    fail(
      '',
      say('a configuration is a module or JSON', '配置文件应为模块或JSON'),
      say('name a .mjs, .js or .json file', '请指定.mjs、.js或.json文件'),
    )
  const raw = /\.json$/i.test(path) ? await readJson(path, fail) : await readModule(path, shown, fail)
  const members = membersOf(raw, fail)
  const [store, policy, directory, handlers, calendars] = [
    await readStore(members.store, dirname(path), fail),
    await readPolicy(members.policy, dirname(path), fail),
    readDirectory(members.directory, fail),
    readHandlers(members.handlers, fail),
    readCalendars(members.calendars, fail),
  ]
  return {
    file: shown,
    store,
    policy,
    ...(directory === undefined ? {} : { directory }),
    ...(handlers === undefined ? {} : { handlers }),
    ...(calendars === undefined ? {} : { calendars }),
  }
}

/** The same where there must be one. @throws UsageError naming the files it looks for. */
export async function requireConfig(given: string | undefined, cwd = '.', instead?: Said): Promise<CliConfig> {
  const config = await loadConfig(given, cwd)
  if (config !== null) return config
  throw new UsageError(
    say('there is no configuration here', '此处没有配置文件'),
    say(
      `${instead === undefined ? '' : `${instead.en}, or `}write ${configNames[0]} with \`store\` and \`policy\`, or name one with --config`,
      `${instead === undefined ? '' : `${instead['zh-CN']}，或`}编写含有store和policy的${configNames[0]}，或用--config指定`,
    ),
  )
}

async function readJson(path: string, fail: Fail): Promise<unknown> {
  const text = await readTextFile(path)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const why = whyOf(error, 120)
    return fail('', say(`it is not JSON: ${why}`, `不是JSON：${why}`), say('correct it here', '请在此处更正'))
  }
}

async function readModule(path: string, shown: string, fail: Fail): Promise<unknown> {
  let modified: number
  try {
    const found = await stat(path)
    if (!found.isFile()) throw Object.assign(new Error('no file'), { code: found.isDirectory() ? 'EISDIR' : '' })
    modified = found.mtimeMs
  } catch (error) {
    const [message, remedy] = fileProblem(error)
    throw new InputFileError(shown, message, remedy)
  }
  try {
    // Node keeps a module that it has loaded; the time of its change makes a corrected one another module.
    const loaded = (await import(`${pathToFileURL(path).href}?${String(modified)}`)) as Members
    const whole = loaded['default']
    return typeof whole === 'object' && whole !== null ? whole : loaded
  } catch (error) {
    const why = `${error instanceof Error ? `${error.name}: ` : ''}${whyOf(error)}`
    return fail(
      '',
      say(`it fails when it is loaded: ${why}`, `加载时出错：${why}`),
      say('run it with node to see where', '请用node运行以查明出错位置'),
      error,
    )
  }
}

/** Reads each key once; whatever a getter or a proxy does is the configuration's mistake, not a crash. */
function membersOf(raw: unknown, fail: Fail): { readonly [K in Key]: unknown } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    fail(
      '',
      say('it exports no object', '没有导出对象'),
      say('export { store, policy }, or one object as default', '请导出{ store, policy }，或以default导出一个对象'),
    )
  const found: Partial<Record<Key, unknown>> = {}
  let names: readonly string[]
  try {
    names = Object.keys(raw)
  } catch (error) {
    return fail(
      '',
      say('what it exports cannot be read', '导出的内容无法读取'),
      say('export a plain object', '请导出普通对象'),
      error,
    )
  }
  const unknown = names.filter((name) => name !== 'default' && !(keys as readonly string[]).includes(name))
  if (unknown.length > 0)
    fail(
      shorten(unknown[0] ?? '', 60),
      say('no such key', '没有这一项'),
      say(`delete it; known are ${keys.join(', ')}`, `请删除；可用的有${keys.join('、')}`),
    )
  for (const key of keys) found[key] = read(raw as Members, key, key, fail)
  return found as { readonly [K in Key]: unknown }
}

function read(from: Members, name: string, key: string, fail: Fail): unknown {
  try {
    return from[name]
  } catch (error) {
    return fail(key, say('it throws when it is read', '读取时出错'), say('export a plain value', '请导出普通的值'), error)
  }
}

async function readStore(value: unknown, folder: string, fail: Fail): Promise<CliConfig['store']> {
  const remedy = say(
    'give a GovernanceStore such as createMemoryStore(), a function that makes one, or { registry: "DIR" }',
    '请给出GovernanceStore（例如createMemoryStore()）、生成它的函数，或{ registry: "DIR" }',
  )
  let store: unknown
  try {
    store = typeof value === 'function' ? await (value as () => unknown)() : await value
  } catch (error) {
    return fail(
      'store',
      say(`it cannot be made: ${whyOf(error)}`, `无法建立：${whyOf(error)}`),
      say('see the message of the store', '请查看存储给出的信息'),
      error,
    )
  }
  if (store === undefined) fail('store', missing, remedy)
  if (typeof store !== 'object' || store === null) return fail('store', say('it is no store', '不是存储'), remedy)
  const members = store as Members
  const registry = read(members, 'registry', 'store.registry', fail)
  if (registry !== undefined) {
    if (typeof registry !== 'string' || registry === '')
      return fail('store.registry', say('it is no folder', '不是文件夹'), say('write the name of a folder', '请填写文件夹名'))
    return { registry: resolve(folder, registry) }
  }
  for (const [method, inner] of Object.entries(storeShape)) {
    const member = read(members, method, `store.${method}`, fail)
    if (inner === null ? typeof member !== 'function' : typeof member !== 'object' || member === null)
      return fail(`store.${method}`, say('missing: it is no store', '缺失：这不是存储'), remedy)
    for (const name of inner ?? [])
      if (typeof read(member as Members, name, `store.${method}.${name}`, fail) !== 'function')
        return fail(`store.${method}.${name}`, say('missing: it is no store', '缺失：这不是存储'), remedy)
  }
  if (typeof read(members, 'capabilities', 'store.capabilities', fail) !== 'object')
    return fail('store.capabilities', missing, remedy)
  return store as GovernanceStore
}

async function readPolicy(value: unknown, folder: string, fail: Fail): Promise<Policy> {
  if (value === undefined)
    return fail('policy', missing, say('give a loaded policy, or the name of a file', '请给出已加载的制度，或文件名'))
  if (typeof value === 'string') return loadPolicyFile(value, folder)
  const { policy, findings } = checkPolicy(value)
  if (policy !== undefined) return policy
  return failAt('policy', findings, say('it is no policy', '不是制度'), fail)
}

/** The first of what core found; how many more there are is said, too. */
function failAt(key: string, [first, ...more]: readonly Finding[], otherwise: Said, fail: Fail): never {
  if (first === undefined) return fail(key, otherwise, otherwise)
  const n = String(more.length)
  return fail(
    `${key}${first.path === '' ? '' : `.${first.path}`}`,
    say(
      `${first.message}${more.length > 0 ? `, and ${n} findings more` : ''}`,
      `${formatFinding(first, 'zh-CN')}${more.length > 0 ? `（另有${n}项）` : ''}`,
    ),
    say(first.remedy, '请按所述更正'),
  )
}

function readDirectory(value: unknown, fail: Fail): Directory | undefined {
  if (value === undefined) return undefined
  const remedy = say(`give an object with ${directoryMethods.join(', ')}`, `请给出含有${directoryMethods.join('、')}的对象`)
  if (typeof value !== 'object' || value === null) return fail('directory', say('it is no directory', '不是人员目录'), remedy)
  for (const method of directoryMethods)
    if (typeof read(value as Members, method, `directory.${method}`, fail) !== 'function')
      fail(`directory.${method}`, missing, remedy)
  return value as Directory
}

function readHandlers(value: unknown, fail: Fail): Handlers | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(
      'handlers',
      say('they are no object', '不是对象'),
      say('give functions by the type of the effect', '请按事项类型给出函数'),
    )
  const handlers: { [type: string]: EffectHandler } = Object.create(null) as { [type: string]: EffectHandler }
  for (const type of Object.keys(value)) {
    const handler = read(value as Members, type, `handlers.${shorten(type, 60)}`, fail)
    if (typeof handler !== 'function')
      fail(`handlers.${shorten(type, 60)}`, say('it is no function', '不是函数'), say('give an async function', '请给出异步函数'))
    handlers[type] = handler as EffectHandler
  }
  return { ...handlers }
}

function readCalendars(value: unknown, fail: Fail): CliConfig['calendars'] {
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(
      'calendars',
      say('they are no object', '不是对象'),
      say('give calendar documents by the id that they have in the policy', '请按制度中的日历编号给出日历'),
    )
  return Object.fromEntries(
    Object.keys(value).map((id) => {
      const key = `calendars.${shorten(id, 60)}`
      try {
        return [id, parseCalendar(read(value as Members, id, key, fail))]
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error
        return failAt(key, error.findings, say('it is no calendar', '不是日历'), fail)
      }
    }),
  )
}
