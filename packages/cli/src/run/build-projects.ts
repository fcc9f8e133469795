import type { ChangeReport, ProjectReport, VersionReport } from '../report/model-relations.ts'
import type { BuildTools } from './build-relations.ts'
import type { SimulatedChange } from './simulate-change.ts'

const day = 86_400_000
const ends: ReadonlySet<string> = new Set(['closed', 'rejected', 'withdrawn', 'expired', 'superseded', 'rolledBack'])

/** Every project with the versions of its baseline, and every change with its class, its reasons and what was refused. */
export async function projectReports(tools: BuildTools): Promise<readonly ProjectReport[]> {
  const { run, dateOf, nameOf } = tools
  const reports: ProjectReport[] = []
  for (const { project, id, changes } of run.projects) {
    const view = id === null ? null : await run.governance.project.get(id)
    const rowOf = new Map(changes.flatMap((c) => (c.id === null ? [] : [[c.id, c.change.changeId] as const])))
    const backOf = new Map(changes.flatMap((c) => (c.back === null ? [] : [[c.back, c.change.changeId] as const])))
    const { baseline } = project
    const now = view?.context.baseline ?? null
    reports.push({
      projectId: project.projectId,
      name: project.name,
      accountId: project.accountId,
      accountName: nameOf(project.accountId),
      state: view?.state ?? 'notOpened',
      refused: refusedOf(tools, 'project', [id, project.projectId]),
      versions: (view?.context.versions ?? []).map((v): VersionReport => {
        const undone = v.by === null ? undefined : backOf.get(v.by)
        return {
          version: v.version,
          on: dateOf(v.at),
          by: v.by === null ? null : (undone ?? rowOf.get(v.by) ?? v.by),
          back: undone !== undefined,
          approvedAs: v.approvedAs,
        }
      }),
      endDate: now === null ? null : { first: baseline.endDate, last: now.endDate },
      budget: now === null ? null : { first: baseline.budget, last: now.budget },
      changes: await Promise.all(changes.map((change) => changeReport(tools, change))),
    })
  }
  return reports
}

async function changeReport(tools: BuildTools, simulated: SimulatedChange): Promise<ChangeReport> {
  const { run } = tools
  const { change, id, overtaken, back } = simulated
  const view = id === null ? null : await run.governance.projectChange.get(id)
  const base = {
    changeId: change.changeId,
    appliedOn: change.appliedOn,
    reason: change.reason,
    emergency: change.emergency,
    overtaken,
    refused: refusedOf(tools, 'projectChange', [id, change.changeId]),
  }
  if (id === null || view === null) {
    return {
      ...base,
      instanceId: null,
      state: 'notOpened',
      class: null,
      reasons: [],
      dimensions: [],
      consent: null,
      breach: null,
      back: null,
      version: null,
      daysToEnd: null,
    }
  }
  let openedAt: number | null = null
  let endedAt: number | null = null
  let refusedConsent = false
  for await (const entry of run.governance.projectChange.history(id)) {
    openedAt ??= entry.at
    if (entry.from !== entry.to && ends.has(entry.to)) endedAt = entry.at
    if ((entry.command as { readonly type?: string } | undefined)?.type === 'refuseConsent') refusedConsent = true
  }
  const { context } = view
  const asked =
    (context.measured?.consentFor.length ?? 0) > 0 && (refusedConsent || context.consent !== null || !ends.has(view.state))
  return {
    ...base,
    instanceId: id,
    state: view.state,
    class: context.measured?.class ?? null,
    reasons: context.measured?.reasons ?? [],
    dimensions: [...new Set(context.measured?.diff.map((entry) => entry.dimension) ?? [])],
    consent: !asked ? null : context.consent !== null ? 'given' : refusedConsent ? 'refused' : 'open',
    breach: context.breach,
    back: back === null ? null : ((await run.governance.projectChange.get(back))?.state ?? null),
    version: context.appliedVersion,
    daysToEnd: openedAt === null || endedAt === null ? null : Math.round(((endedAt - openedAt) / day) * 10) / 10,
  }
}

const kindOf = { project: 'project', projectChange: 'project-change' } as const

function refusedOf({ run, textOf }: BuildTools, kind: keyof typeof kindOf, ids: readonly (string | null)[]): readonly string[] {
  return run.refusals
    .filter((r) => r.kind === kind && ids.includes(r.instanceId))
    .flatMap((r) => r.refusals.map((refusal) => textOf(refusal, kindOf[kind])))
}
