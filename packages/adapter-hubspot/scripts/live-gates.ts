// Asks a portal what nobody could tell without one, and says which setting of the adapter each answer decides.
//
//   npm run build && HUBSPOT_LIVE_TOKEN=… node packages/adapter-hubspot/scripts/live-gates.ts
//
// Only in a test account or a sandbox (HUBSPOT_LIVE_ANY=1: in any). What it makes it takes away: a custom object, a property of tickets, some tickets.
// Scopes: crm.schemas.custom.read/write, crm.objects.custom.read/write, tickets, and for gate 9 those of notes, tasks and services.
const { HUBSPOT_LIVE_TOKEN: accessToken = '', HUBSPOT_LIVE_ANY: any = '' } = process.env
const print = (text: string): void => void process.stdout.write(`${text}\n`)

if (accessToken === '') print('nothing was tried: HUBSPOT_LIVE_TOKEN is not set')
else {
  const { formatVerdict, tryGates } = await import('./gates/run.ts')
  const run = await tryGates({
    client: { accessToken },
    anyAccount: any === '1',
    onVerdict: (verdict) => print(formatVerdict(verdict)),
  })
  if (run.status === 'refused') print(`nothing was tried: ${run.reason}`)
  else {
    for (const each of run.left) print(`left behind, take it away by hand: ${each}`)
    const open = run.verdicts.filter(({ answer }) => answer === null).length
    print(`${String(run.verdicts.length)} gates, ${String(open)} not settled`)
    if (run.left.length > 0) process.exitCode = 1
  }
}
