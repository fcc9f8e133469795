// What the package loads: its own files and core, and no library of a vendor. Run on what was built, in a process of its own.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadedBy } from '../../../test/support/loaded-packages.ts'

const built = fileURLToPath(new URL('../dist/index.js', import.meta.url))

test.skipIf(!existsSync(built))('importing the adapter loads core and nothing of Salesforce (skipped: not built)', async () => {
  const { names, packages } = await loadedBy(built)
  expect(names).toContain('createSalesforceStore')
  expect(packages).toContain('adapter-salesforce')
  expect(packages).toContain('core')
  const vendor = [...packages].filter((name) => /salesforce|jsforce/.test(name) && name !== 'adapter-salesforce')
  expect(vendor).toEqual([])
  // Beside core only what core itself depends on.
  const core = await loadedBy(fileURLToPath(new URL('../../core/dist/index.js', import.meta.url)))
  const known = new Set(['adapter-salesforce', ...core.packages])
  expect([...packages].filter((name) => !known.has(name))).toEqual([])
})

test('the probe sees a library that is loaded', async () => {
  const { packages } = await loadedBy(fileURLToPath(import.meta.resolve('@salesforce/core')))
  expect(packages).toContain('@salesforce/core')
})
