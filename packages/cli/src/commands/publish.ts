import { resolve } from 'node:path'
import type { Command } from 'commander'
import {
  formatInstant,
  formatOptionsOf,
  formatRefusal,
  formatStateName,
  type Locale,
  type PolicyPublicationContext,
  type PolicyPublicationState,
  type Result,
} from '@ka-governance/core'
import { InputFileError, readTextFile } from '../config/input-file.ts'
import { PolicyFileError } from '../config/policy-file.ts'
import {
  atDesk,
  draftHash,
  lookAtDesk,
  mustBeTheDraft,
  targetOf,
  unknownPublication,
  type PublicationDesk,
  type PublicationTarget,
} from '../config/publication.ts'
import { shorten } from '../ingest/finding.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import {
  colorsOf,
  configOption,
  emit,
  ExitWith,
  exitCodes,
  jsonOption,
  localeOption,
  placeOf,
  verb,
  type CliIo,
} from './shared.ts'
import { hintLines, hintsFor } from './publish-hints.ts'
import { publishWords } from './publish-words.ts'

interface Flags {
  readonly registry?: string
  readonly config?: string
  readonly as?: string
  readonly onBehalfOf?: string
  readonly reason?: string
  readonly basis?: string
  readonly locale: Locale
  readonly json?: true
}

const kind = 'policy-publication'
const decisions = ['approve', 'reject', 'sendBack'] as const
type Decision = (typeof decisions)[number]

/** `publish`: the way of a draft to being in force, on a registry or the configured store [GOV-05]. */
export function registerPublish(program: Command, io: CliIo): void {
  const publish = verb(
    program,
    'publish',
    'Publish a policy: open, check, record the what-if, submit, vote; see where it stands, withdraw.',
  )
  const sub = (name: string, description: string, acting = true): Command => {
    const command = publish
      .command(name)
      .description(description)
      .option('--registry <dir>', 'folder in which the registry is kept; made when it is not there')
      .addOption(configOption())
    if (acting)
      command
        .option('--as <person>', 'who acts: an id of the directory')
        .option('--on-behalf-of <person>', 'for whom, by a dated delegation')
    return command.addOption(localeOption()).addOption(jsonOption())
  }

  sub('open', 'Open the publication of a version: its number is used once.')
    .argument('<file>', 'the draft; its id, version and title count')
    .action(async (name: string, flags: Flags) => {
      const target = await targetOf(name, io.cwd)
      if ('id' in target)
        throw new UsageError(
          say('a publication is opened with its draft', '发布流程以草案开启'),
          say('name the file', '请指定文件'),
        )
      const { policyId, version, title } = target
      await send(flags, target, io, 'open', ({ governance }, options) =>
        governance.policy.open({ policyId, version, title }, options),
      )
    })

  sub('check', 'Check the draft and make it the one that is published; another draft voids an approval under way.')
    .argument('<file>', 'the draft')
    .action(async (name: string, flags: Flags) => {
      const target = await targetOf(name, io.cwd)
      if ('id' in target) throw new UsageError(say('which draft?', '哪份草案？'), say('name its file', '请指定文件'))
      if (target.file.policy === undefined) throw new PolicyFileError(target.file)
      await send(flags, target, io, 'check', ({ governance, id }, options) =>
        governance.policy.check(id, target.file.text, options),
      )
    })

  sub('what-if', 'Record what `simulate` found as evidence with the publication.')
    .argument('<publication>', 'its id, or the file of the draft')
    .argument('<evidence>', 'what `simulate --evidence` wrote')
    .action(async (name: string, evidence: string, flags: Flags) => {
      const simulation = await readEvidence(evidence, io.cwd)
      const target = await targetOf(name, io.cwd)
      await send(flags, target, io, 'what-if', ({ governance, id }, options) =>
        governance.policy.recordWhatIf(id, simulation, options),
      )
    })

  sub('submit', 'Hand the checked draft to the KA management group.')
    .argument('<publication>', 'its id, or the file of the draft')
    .option('--reason <text>', 'why this version')
    .action(async (name: string, flags: Flags) => {
      const { reason } = flags
      await send(flags, await targetOf(name, io.cwd), io, 'submit', ({ governance, id }, options) =>
        governance.policy.send(id, { type: 'submit', ...(reason === undefined ? {} : { reason }) }, options),
      )
    })

  sub('vote', 'Vote on what was submitted.')
    .argument('<publication>', 'its id, or the file of the draft')
    .argument('<decision>', decisions.join(', '))
    .option('--reason <text>', 'why')
    .option('--basis <hash>', 'votes only on what `status` showed under this hash; its beginning is enough')
    .action(async (name: string, decision: string, flags: Flags) => {
      if (!(decisions as readonly string[]).includes(decision))
        throw new UsageError(
          say(`"${shorten(decision, 40)}" is no vote`, `“${shorten(decision, 40)}”不是表决意见`),
          say(`write ${decisions.join(', ')}`, `请填写${decisions.join('、')}之一`),
        )
      await send(flags, await targetOf(name, io.cwd), io, 'vote', (desk, options) =>
        vote(desk, decision as Decision, flags, options),
      )
    })

  sub('withdraw', 'Withdraw a draft, or a version that is scheduled and not yet in force.')
    .argument('<publication>', 'its id, or the file of the draft')
    .requiredOption('--reason <text>', 'why')
    .action(async (name: string, flags: Flags & { readonly reason: string }) => {
      const { reason } = flags
      await send(flags, await targetOf(name, io.cwd), io, 'withdraw', ({ governance, id }, options) =>
        governance.policy.send(id, { type: 'withdraw', reason }, options),
      )
    })

  sub('move', 'Move a publication that was opened under an earlier version to the version in force.')
    .argument('<publication>', 'its id, or the file of the draft')
    .requiredOption('--reason <text>', 'why')
    .action(async (name: string, flags: Flags & { readonly reason: string }) => {
      const { reason } = flags
      await send(flags, await targetOf(name, io.cwd), io, 'move', async ({ governance, id }, options) => {
        const view = await governance.policy.get(id)
        const policy = view === null ? null : await governance.policy.inForce(view.context.policyId)
        if (policy === null) throw new UsageError(...nothingInForce)
        return governance.policy.migrate(id, { ...options, policy, reason })
      })
    })

  sub('status', 'Show every version of a policy and where its publication stands.', false)
    .argument('<publication>', 'its id, or the file of the draft')
    .action(async (name: string, flags: Flags) => status(await targetOf(name, io.cwd), flags, io))
}

const nothingInForce = [
  say('no version is in force yet', '尚无生效版本'),
  say('go on with the publication: it is judged by itself', '请继续发布：首个版本依据自身审批'),
] as const

/** Steps in which a file stands for the draft that was checked: another text is refused before anything is sent. */
const ofTheDraft: ReadonlySet<string> = new Set(['what-if', 'submit', 'vote'])

type Options = { readonly actor: string; readonly onBehalfOf?: string }

/** Sends one command and tells what became of it; a refusal is told with every reason and answers 1. */
async function send(
  flags: Flags,
  target: PublicationTarget,
  io: CliIo,
  name: string,
  act: (
    desk: PublicationDesk,
    options: Options,
  ) => Promise<Result & { readonly findings?: readonly unknown[]; readonly digest?: string }>,
): Promise<void> {
  const { as: actor, onBehalfOf, locale, json } = flags
  if (actor === undefined)
    throw new UsageError(say('who acts?', '由谁办理？'), say('add --as with an id of the directory', '请加--as指定人员编号'))
  const named = 'id' in target ? target.id : target.file.file
  const { result, policy } = await atDesk(
    flags,
    target,
    async (desk) => {
      const { governance, id } = desk
      const view = await governance.policy.get(id)
      if (name !== 'open' && view === null) throw unknownPublication(id)
      if (ofTheDraft.has(name)) mustBeTheDraft(target, id, view?.context.draft ?? null)
      const done = await act(desk, { actor, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) })
      // What is told is where it stands when the command is over: an approved version whose day is here is in force by then.
      await desk.settle()
      const now = done.ok ? await governance.policy.get(id) : null
      return { result: now === null ? done : { ...done, state: now.state, version: now.version }, policy: desk.policy }
    },
    { ...placeOf(io), ...(io.clock === undefined ? {} : { clock: io.clock }), create: name === 'open' },
  )
  const c = colorsOf(io)
  const t = publishWords[locale]
  const { ok, id, state } = result
  const rest = result.ok ? { version: result.version, digest: result.digest } : { refusals: result.refusals }
  emit(io, json, `publish ${name}`, { ok, publication: id, state, ...rest }, () => {
    if (result.ok) return `${c.green('✓')} ${t.done(id, formatStateName(state, locale, kind))}`
    const options = { ...formatOptionsOf(policy), kind }
    const people = policy.directory === undefined ? null : Object.keys(policy.directory.people)
    const hinted = hintsFor({
      step: name,
      name: named,
      state: state as PolicyPublicationState | null,
      refusals: result.refusals,
      people,
      actor,
    })
    const lines = hinted.refusals.map((refusal) => `  ${formatRefusal(refusal, locale, options)}`)
    const nobody = people === null ? [`  ${t.noDirectory}`] : []
    return [`${c.red('✗')} ${t.refused(id)}`, ...lines, ...nobody, ...hintLines(hinted.hints, locale)].join('\n')
  })
  if (!ok) throw new ExitWith(exitCodes.badInput)
}

async function vote({ governance, id }: PublicationDesk, decision: Decision, flags: Flags, options: Options): Promise<Result> {
  const view = await governance.policy.get(id)
  const current = view?.approvals['policy']?.basis
  const { basis, reason } = flags
  // What is no longer there is sent as it was asked for: the refusal says that it has changed.
  const seen = basis !== undefined && basis.length >= 8 && current?.startsWith(basis) === true ? current : (basis ?? current)
  return governance.policy.send(
    id,
    {
      type: 'vote',
      approval: 'policy',
      decision,
      ...(reason === undefined ? {} : { comment: reason }),
      ...(seen === undefined ? {} : { basis: seen }),
    },
    options,
  )
}

async function readEvidence(name: string, cwd = '.'): Promise<object> {
  const text = await readTextFile(resolve(cwd, name), undefined, name)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new InputFileError(
    shorten(name, 200),
    say('it holds no evidence', '其中没有测算依据'),
    say('name a file that `simulate --evidence` wrote', '请指定由simulate --evidence写出的文件'),
  )
}

async function status(target: PublicationTarget, flags: Flags, io: CliIo): Promise<void> {
  const { locale, json } = flags
  const t = publishWords[locale]
  const c = colorsOf(io)
  const { versions, view, id, timeZone } = await lookAtDesk(
    flags,
    target,
    async ({ governance, policy, id: publication }) => {
      const opened = await governance.policy.get(publication)
      const policyId = opened?.context.policyId ?? ('policyId' in target ? target.policyId : null)
      if (policyId === null) throw unknownPublication(publication)
      return { versions: await governance.policy.versions(policyId), view: opened, id: publication, timeZone: policy.timeZone }
    },
    io,
  )
  const context: PolicyPublicationContext | null = view?.context ?? null
  const approval = view?.approvals['policy'] ?? null
  const shown = {
    publication: view === null ? null : id,
    state: view?.state ?? null,
    draft: context?.draft ?? null,
    whatIf: context?.whatIf ?? null,
    effectiveAt: context?.effectiveAt ?? null,
    approval: approval === null ? null : { basis: approval.basis, outcome: approval.outcome },
    versions,
  }
  // A file that was named is compared with what it is taken for.
  const file = 'id' in target || context?.draft == null ? null : { name: target.file.file, hash: draftHash(target.file) }
  const other = file === null || file.hash === context?.draft?.hash ? null : file
  const mayBecome = view?.state === 'checked' || view?.state === 'inApproval'
  const at = (instant: number): string => formatInstant(instant, locale, { timeZone })
  emit(io, json, 'publish status', shown, () =>
    [
      ...versions.map(({ version, state, since, until, effectiveFrom, instances }) => {
        const name = state === 'unpublished' ? t.unpublished : formatStateName(state, locale, kind)
        const from =
          since === null
            ? effectiveFrom === null
              ? ''
              : t.from(effectiveFrom)
            : t.since(at(since), until === null ? null : at(until))
        return `${c.bold(version)}  ${name}${from === '' ? '' : `  ${from}`}${instances === null ? '' : `  ${t.instances(instances)}`}`
      }),
      ...(view === null ? [] : ['', `${c.bold(id)}: ${formatStateName(view.state, locale, kind)}`]),
      ...(context?.draft == null
        ? []
        : [`  ${t.draft(context.draft.hash.slice(0, 12), context.draft.doubts, context.draft.changes)}`]),
      ...(other === null ? [] : [`  ! ${t.otherFile(shorten(other.name, 100), other.hash?.slice(0, 12) ?? null, mayBecome)}`]),
      ...(context?.whatIf == null ? [] : [`  ${t.whatIf(context.whatIf.digest.slice(0, 12))}`]),
      // Once it is decided nobody is waited for.
      ...(approval === null || view?.state !== 'inApproval'
        ? []
        : [
            `  ${t.basis(approval.basis.slice(0, 12))}`,
            ...approval.outcome.stages.flatMap((stage) => stage.missing.map(({ person }) => `  ${t.waits(person)}`)),
          ]),
    ].join('\n'),
  )
}
