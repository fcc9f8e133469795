import type { AdmissionReport } from '../report/model-relations.ts'
import type { BuildTools } from './build-relations.ts'

const day = 86_400_000
const ends: ReadonlySet<string> = new Set(['established', 'rejected', 'withdrawn', 'expired'])

/** Every application with its score, what was missing, its outcome and the days that it took; read from views and journals. */
export async function admissionReports({ run, nameOf, textOf }: BuildTools): Promise<readonly AdmissionReport[]> {
  const reports: AdmissionReport[] = []
  for (const { application, id, refusals, openedAt, missing, derived } of run.applications) {
    const view = id === null ? null : await run.governance.admission.get(id)
    const base = {
      accountId: application.accountId,
      name: nameOf(application.accountId),
      appliedOn: application.appliedOn,
      refused: [
        ...refusals.map((refusal) => textOf(refusal, 'account')),
        // What stood in its way later on; attempts made on purpose are in the section on refusals.
        ...run.refusals
          .filter((r) => r.kind === 'admission' && id !== null && r.instanceId === id && !r.deliberate)
          .flatMap((r) => r.refusals.map((refusal) => textOf(refusal, 'admission'))),
      ],
      missing,
      derived,
      contract: null,
      classes: application.classes,
    }
    if (id === null || view === null) {
      reports.push({
        ...base,
        instanceId: null,
        state: 'notOpened',
        isCustomer: false,
        score: null,
        exception: null,
        returns: 0,
        conditions: 0,
        daysToDecision: null,
        daysToEnd: null,
      })
      continue
    }
    let endedAt: number | null = null
    let decidedAt: number | null = null
    for await (const entry of run.governance.admission.history(id)) {
      if (entry.from === 'inCommittee' && (entry.to === 'assigningTeam' || entry.to === 'rejected')) decidedAt ??= entry.at
      if (entry.from !== entry.to && ends.has(entry.to)) endedAt = entry.at
    }
    const days = (at: number | null): number | null =>
      at === null || openedAt === null ? null : Math.round(((at - openedAt) / day) * 10) / 10
    const { context } = view
    reports.push({
      ...base,
      instanceId: id,
      state: view.state,
      isCustomer: context.isCustomer,
      score: context.score,
      exception: context.exception?.reason ?? null,
      returns: context.returns,
      conditions: context.conditions.length,
      daysToDecision: days(decidedAt),
      daysToEnd: days(endedAt),
      contract: context.contract === null ? null : { from: context.contract.from, to: context.contract.to },
    })
  }
  return reports
}
