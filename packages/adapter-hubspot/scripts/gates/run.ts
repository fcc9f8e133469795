import { createHubSpotClient, type ClientOptions, type HubSpotClient } from '@ka-governance/adapter-hubspot'
import { batches } from './batches.ts'
import type { Gate, Seen, Verdict } from './gate.ts'
import { inSandbox, type Sandbox } from './sandbox.ts'
import { uniqueness } from './uniqueness.ts'

/** Rules are made by people in the settings: no token of a store may do that. */
const byHand: Gate = {
  number: '11',
  question: 'Are rules of the portal’s admin enforced on what the store writes?',
  yes: 'a command succeeds and its visible record is `blocked`: look at them with `drift.find()`',
  no: 'rules of the portal do not hold for the store: put them into the policy',
  ask: () =>
    Promise.resolve({
      answer: null,
      saw: 'to be tried by hand: make a property of tickets required in a stage, forbid to skip a stage of the pipeline, then send a command that moves a ticket there',
    }),
}

/** In order of their numbers; the last ones look back at the run. */
export const gates: readonly Gate[] = [...uniqueness, ...batches, byHand].sort(
  (a, b) => Number.parseInt(a.number, 10) - Number.parseInt(b.number, 10) || (a.number < b.number ? -1 : 1),
)

export interface GateOptions extends ClientOptions {
  /** Tries them in an account that is in use, too. @default false: only in test accounts and sandboxes */
  readonly anyAccount?: boolean
  /** Told of each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict) => void
}

/** What a run found, or why there was none. */
export type GateRun =
  | { readonly status: 'tried'; readonly verdicts: readonly Verdict[]; readonly left: readonly string[] }
  | { readonly status: 'refused'; readonly reason: string }

/** Tries every gate against a portal and takes away what it made. A gate that fails is one that is not settled; the others are tried all the same. */
export async function tryGates({ anyAccount = false, onVerdict, ...options }: GateOptions): Promise<GateRun> {
  const statuses: number[] = []
  const client = createHubSpotClient({ ...options, onCall: ({ status }) => void statuses.push(status) })
  const refused = anyAccount ? null : await inUse(client)
  if (refused !== null) return { status: 'refused', reason: refused }
  const verdicts: Verdict[] = []
  const { left } = await inSandbox(
    {
      client,
      sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
      now: options.now ?? Date.now,
      answered: (status) => statuses.filter((each) => status === undefined || each === status).length,
    },
    async (sandbox) => {
      for (const gate of gates) {
        const verdict = await tried(gate, sandbox)
        verdicts.push(verdict)
        onVerdict?.(verdict)
      }
    },
  )
  return { status: 'tried', verdicts, left }
}

async function tried({ number, question, yes, no, ask }: Gate, sandbox: Sandbox): Promise<Verdict> {
  const { answer, saw } = await ask(sandbox).catch((error: unknown): Seen => ({
    answer: null,
    saw: error instanceof Error ? error.message : 'unknown',
  }))
  return { number, question, answer, saw, decides: answer === null ? `not settled. Yes: ${yes}. No: ${no}` : answer ? yes : no }
}

/** A run makes tickets, a custom object and properties: not where people work. */
async function inUse(client: HubSpotClient): Promise<string | null> {
  const account = (await client.get('/account-info/{version}/details')) as { readonly accountType?: unknown } | null
  const type = account?.accountType
  return type === 'DEVELOPER_TEST' || type === 'SANDBOX'
    ? null
    : `the account is ${String(type)}, not a test account or a sandbox`
}

/** A verdict as the script prints it. */
export function formatVerdict({ number, question, answer, saw, decides }: Verdict): string {
  const word = answer === null ? 'open' : answer ? 'yes' : 'no'
  return `${number.padEnd(4)}${word.padEnd(5)}${question}\n         saw: ${saw}\n         ${decides}`
}
