// A CommonJS application requires the packages as they are: no loader, no second build.
//
//   node examples/08-commonjs.cjs
'use strict'
const assert = require('node:assert/strict')
const { createGovernance, demoDirectory, loadPolicy, presets } = require('@ka-governance/core')
const { createMemoryStore } = require('@ka-governance/adapter-memory')

async function main() {
  const policy = loadPolicy({ ...presets.distributorIntl, directory: demoDirectory })
  const governance = createGovernance({ store: createMemoryStore(), policy })

  const adopted = await governance.account.adopt(
    { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
    { actor: 'u-liu' },
  )
  assert.ok(adopted.ok)
  const account = await governance.account.get(adopted.id)
  console.log(
    `${account.context.name}: tier ${account.context.tier}, ${account.state}, policy ${governance.pin.id} ${governance.pin.version}`,
  )

  // One copy of every class, whichever way it was loaded.
  const esm = await import('@ka-governance/core')
  assert.equal(esm.GovernanceError, require('@ka-governance/core').GovernanceError)
  console.log('require() and import() give the same module')
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
