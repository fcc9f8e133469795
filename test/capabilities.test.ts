import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/lib/workspace.ts'
import { capabilityPage } from '../scripts/stores/capability-page.ts'
import { shownStores } from '../scripts/stores/shown-stores.ts'

describe('the page that compares the stores', () => {
  it('is made of what they declare; `vitest run test/capabilities.test.ts -u` writes it', async () => {
    await expect(capabilityPage(shownStores)).toMatchFileSnapshot('../docs/adapters/README.md')
  })

  it('knows the store of every adapter, and each with all it declares', () => {
    const adapters = readdirSync(join(root, 'packages')).filter((name) => name.startsWith('adapter-'))
    expect([...new Set(shownStores.map(({ folder }) => folder))].sort()).toEqual(adapters.sort())
    const page = capabilityPage(shownStores)
    for (const { plain } of shownStores)
      for (const name of Object.keys(plain.capabilities)) expect(page).toContain(`| \`${name}\``)
  })

  it('changes with a store that declares something else', () => {
    const [memory, ...others] = shownStores
    if (memory === undefined) throw new Error('no store')
    const poorer = { ...memory.plain, capabilities: { ...memory.plain.capabilities, leases: false } }
    expect(capabilityPage([{ ...memory, plain: poorer, full: poorer }, ...others])).not.toBe(capabilityPage(shownStores))
  })
})
