import type { Actor } from '../../definition/define-workflow.ts'
import type { Failure } from '../../rules/index.ts'

/** Who works on a project: named on its ledger, not a role of the directory, which knows accounts and no projects. */
interface ProjectPeople {
  readonly leader: string
  readonly team: readonly string[]
}

/** The person who acts, or for whom somebody acts. */
const principal = (actor: Actor): string => actor.onBehalfOf ?? actor.id

/** The refusal for whoever is not the leader. */
export function refuseUnlessLeader(actor: Actor, project: ProjectPeople): Failure | null {
  return actor.id === 'system' || principal(actor) === project.leader
    ? null
    : {
        code: 'role_required',
        required: ['projectLeader'],
        actual: actor.roles,
        remedy: { kind: 'ask', roles: ['projectLeader'] },
      }
}

/** The refusal for whoever neither leads the project nor is of its team. */
export function refuseUnlessTeam(actor: Actor, project: ProjectPeople): Failure | null {
  return project.team.includes(principal(actor)) ? null : refuseUnlessLeader(actor, project)
}
