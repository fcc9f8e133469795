// What the package loads: its own files and core, and not the library of HubSpot, which is the host's to bring or not. Run on what was built, in a process of its own.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadedBy } from '../../../test/support/loaded-packages.ts'

const built = fileURLToPath(new URL('../dist/index.js', import.meta.url))

test.skipIf(!existsSync(built))('importing the adapter loads core and nothing of HubSpot (skipped: not built)', async () => {
  const { names, packages } = await loadedBy(built)
  expect(names).toContain('createHubSpotStore')
  expect(packages).toContain('adapter-hubspot')
  expect(packages).toContain('core')
  expect([...packages].filter((name) => /hubspot/.test(name) && name !== 'adapter-hubspot')).toEqual([])
  // Beside core only what core itself depends on.
  const core = await loadedBy(fileURLToPath(new URL('../../core/dist/index.js', import.meta.url)))
  const known = new Set(['adapter-hubspot', ...core.packages])
  expect([...packages].filter((name) => !known.has(name))).toEqual([])
})

test('the probe sees a library that is loaded', async () => {
  const { packages } = await loadedBy(fileURLToPath(import.meta.resolve('@hubspot/api-client')))
  expect(packages).toContain('@hubspot/api-client')
})
