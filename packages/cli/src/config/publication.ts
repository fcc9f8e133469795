import { resolve } from 'node:path'
import {
  canonicalJson,
  createGovernance,
  defaultHost,
  loadPolicy,
  presets,
  type Governance,
  type GovernanceStore,
  type Policy,
} from '@ka-governance/core'
import { isMap, parseDocument } from 'yaml'
import { shorten } from '../ingest/finding.ts'
import { say, type Said } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import { InputFileError } from './input-file.ts'
import { requireConfig, type CliConfig } from './load-config.ts'
import { openStore, withStore } from './open-store.ts'
import { readPolicyFile, type PolicyFile } from './policy-file.ts'

/** Where publications are kept. */
export interface PublicationFlags {
  readonly registry?: string
  readonly config?: string
}

/** A publication under work: its governance, and the store behind it. */
export interface PublicationDesk {
  readonly governance: Governance
  readonly store: GovernanceStore
  /** The policy whose directory tells who holds which role. */
  readonly policy: Policy
  /** Id of the publication that is meant; whether it is there is another question. */
  readonly id: string
  /** Settles what has become due by what was done, where no worker does: a version whose day is here takes force. */
  readonly settle: () => Promise<void>
}

/** What a person means by a publication: its id, or the file of its draft. */
export type PublicationTarget =
  | { readonly id: string }
  | { readonly policyId: string; readonly version: string; readonly title: string; readonly file: PolicyFile }

interface DeskOptions {
  readonly cwd?: string
  readonly clock?: () => number
  /** Whether a registry is made where there is none. @default false */
  readonly create?: boolean
}

/** Opened when nothing is published yet and nobody has brought a policy: no instance is ever pinned to it, since nothing is opened under it. */
const stranger = (): Policy => loadPolicy(presets.manufacturerCn)

const governanceOf = (store: GovernanceStore, policy: Policy, config: CliConfig | null, { clock }: DeskOptions): Governance =>
  createGovernance({
    store,
    policy,
    ...(config?.directory === undefined ? {} : { directory: config.directory }),
    ...(config?.handlers === undefined ? {} : { handlers: config.handlers }),
    ...(config?.calendars === undefined ? {} : { calendars: config.calendars }),
    ...(clock === undefined ? {} : { host: { clock } }),
  })

/**
 * The policy under which a publication is worked on: that of the configuration; in a registry the version in force, and before there is one the version itself, as the first version of a
 * policy is published under itself [GOV-05].
 */
async function hostPolicy(
  store: GovernanceStore,
  target: PublicationTarget,
  config: CliConfig | null,
  options: DeskOptions,
): Promise<{ readonly policy: Policy; readonly id: string }> {
  const looking = governanceOf(store, config?.policy ?? stranger(), config, options)
  const id = 'id' in target ? target.id : looking.policy.idOf(target.policyId, target.version)
  if (config !== null) return { policy: config.policy, id }
  const opened = await looking.policy.get(id)
  const policyId = 'id' in target ? opened?.context.policyId : target.policyId
  const inForce = policyId === undefined ? null : await looking.policy.inForce(policyId)
  if (inForce !== null) return { policy: inForce, id }
  const pinned = opened === null ? null : await policyByHash(store, opened.policy.id, opened.policy.hash)
  return { policy: pinned ?? ('file' in target ? target.file.policy : undefined) ?? stranger(), id }
}

/** A policy out of the registry, under its own version or as a draft. */
async function policyByHash(store: GovernanceStore, policyId: string, hash: string): Promise<Policy | null> {
  for await (const record of store.policies.list(policyId)) if (record.hash === hash) return loadPolicy(record.document)
  return null
}

const configOf = async (flags: PublicationFlags, cwd: string | undefined): Promise<CliConfig | null> =>
  flags.registry === undefined ? requireConfig(flags.config, cwd, say('add --registry DIR', '请加--registry DIR')) : null

const storeOf = (flags: PublicationFlags, config: CliConfig | null, cwd = '.'): CliConfig['store'] =>
  config?.store ?? { registry: resolve(cwd, flags.registry ?? '.') }

/**
 * Works on a publication and keeps what was written. In a registry, where no worker sweeps, what has become due is settled before and after: a scheduled version whose day has come is in
 * force.
 *
 * @throws InputFileError where there is no registry, unless `create` makes one.
 */
export async function atDesk<T>(
  flags: PublicationFlags,
  target: PublicationTarget,
  work: (desk: PublicationDesk) => Promise<T>,
  options: DeskOptions = {},
): Promise<T> {
  const config = await configOf(flags, options.cwd)
  const chosen = storeOf(flags, config, options.cwd)
  const run = async (store: GovernanceStore): Promise<T> => {
    const settle = async (): Promise<void> => {
      if ('registry' in chosen) await settleRegistry(store, target, config, options)
    }
    await settle()
    const { policy, id } = await hostPolicy(store, target, config, options)
    const done = await work({ governance: governanceOf(store, policy, config, options), store, policy, id, settle })
    await settle()
    return done
  }
  return withStore(chosen, run, { create: options.create === true })
}

async function settleRegistry(
  store: GovernanceStore,
  target: PublicationTarget,
  config: CliConfig | null,
  options: DeskOptions,
): Promise<void> {
  const { policy } = await hostPolicy(store, target, config, options)
  await settleAll(governanceOf(store, policy, config, options))
}

/** Sweeps until nothing more is due; what fails stays due and is tried the next time. */
async function settleAll(governance: Governance): Promise<void> {
  for (let more = true, round = 0; more && round < 100; round += 1) {
    const swept = await governance.sweep({ limit: 500 })
    more = swept.more || swept.effects.delivered > 0
  }
}

/**
 * Looks at publications without writing. What is due by now is shown as settled: in a configured store by each instance itself, in a registry by sweeping the copy that was read, which
 * nobody keeps.
 *
 * @throws InputFileError where there is no registry.
 */
export async function lookAtDesk<T>(
  flags: PublicationFlags,
  target: PublicationTarget,
  work: (desk: Omit<PublicationDesk, 'settle'>) => Promise<T>,
  options: DeskOptions = {},
): Promise<T> {
  const config = await configOf(flags, options.cwd)
  const { store, close } = await openStore(storeOf(flags, config, options.cwd))
  try {
    // Handlers of a configuration tell others: only who keeps the outcome may call them.
    if (config === null) await settleRegistry(store, target, config, options)
    const { policy, id } = await hostPolicy(store, target, config, options)
    return await work({ governance: governanceOf(store, policy, config, options), store, policy, id })
  } finally {
    await close()
  }
}

/** True for the id of a publication, e.g. `pol-key-accounts--1-2`. */
export const isPublicationId = (text: string): boolean => /^pol-[a-z0-9-]{1,70}--[a-z0-9-]{1,20}$/.test(text)

/**
 * Reads what a person names: the id of a publication, or the file of its draft, which says which policy and version it is.
 *
 * @throws InputFileError when the file cannot be read, or does not say so.
 */
export async function targetOf(name: string, cwd?: string): Promise<PublicationTarget> {
  if (isPublicationId(name)) return { id: name }
  const file = await readPolicyFile(name, cwd === undefined ? {} : { cwd })
  const fail = (key: string, remedy: Said): never => {
    const message = say(`the draft has no usable \`${key}\``, `草案没有可用的${key}`)
    throw new InputFileError(shorten(name, 200), message, remedy)
  }
  const document =
    file.policy === undefined && file.text.length < 250_000 ? parseDocument(file.text, { logLevel: 'silent' }) : null
  const read = (key: 'id' | 'version'): unknown =>
    file.policy?.[key] ?? (isMap(document?.contents) ? document.contents.get(key) : undefined)
  const [policyId, version] = [read('id'), read('version')]
  if (typeof policyId !== 'string' || !/^[a-z0-9-]{1,60}$/.test(policyId))
    return fail('id', say('write one of small letters, digits and -', '请用小写字母、数字和-填写'))
  if (typeof version !== 'string' || !/^\d{1,6}(\.\d{1,6}){0,2}$/.test(version))
    return fail('version', say('write one such as "1.4"', '请填写版本号，例如"1.4"'))
  return { policyId, version, title: file.policy?.title.en ?? policyId, file }
}

/** Hash of what a file of a draft says; `null` while it cannot be used. */
export const draftHash = ({ policy }: PolicyFile): string | null =>
  policy === undefined ? null : defaultHost.sha256(canonicalJson(policy))

/**
 * Makes sure that a file which stands for a publication says what was checked: nobody votes on, or submits, a text that the command does not read.
 *
 * @param draft The draft that was checked; `null`: none yet, which the publication itself refuses.
 * @throws InputFileError saying which text is which, and how each is meant.
 */
export function mustBeTheDraft(target: PublicationTarget, id: string, draft: { readonly hash: string } | null): void {
  if ('id' in target || draft === null) return
  const hash = draftHash(target.file)
  if (hash === draft.hash) return
  const name = shorten(target.file.file, 200)
  const [checked, here] = [draft.hash.slice(0, 12), hash?.slice(0, 12)]
  throw new InputFileError(
    name,
    say(
      `this is not the draft that was checked: ${id} holds draft ${checked}, the file ${here === undefined ? 'cannot be used as it stands' : `says ${here}`}`,
      `这不是已检查的草案：${id}中的草案为${checked}，${here === undefined ? '而该文件目前不能使用' : `而该文件的内容为${here}`}`,
    ),
    say(
      `for what the file says: ka-governance publish check ${name}; for what was checked: name ${id} instead of the file`,
      `以文件内容为准：ka-governance publish check ${name}；以已检查的草案为准：用${id}代替文件名`,
    ),
  )
}

/** What to say where a publication is not there. */
export const unknownPublication = (id: string): UsageError =>
  new UsageError(
    say(`there is no publication ${id}`, `没有发布流程${id}`),
    say('open it first: ka-governance publish open FILE', '请先开启：ka-governance publish open FILE'),
  )
