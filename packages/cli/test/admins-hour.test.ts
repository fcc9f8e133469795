import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { assetPath } from '../src/assets.ts'
import { firstDifference, runStep, transcriptOf } from './transcript.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const shared = at('../shared/data')
const [hour = '', demo = ''] = readFileSync(at('docs/admins-hour.md'), 'utf8').split(/^## On the demonstration data$/m)

/** Ten in the morning of Monday, 2 March 2026: on the Pacific coast, and in Shanghai. */
const pacific = Date.UTC(2026, 2, 2, 18)
const shanghai = Date.UTC(2026, 2, 2, 2)

/** Types a page's commands one after the other in an empty folder; all must print what the page says. */
async function follow(page: string, before: number, now: number, prepare: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'hour-'))
  try {
    await prepare(dir)
    const steps = transcriptOf(page)
    expect(steps.length).toBeGreaterThan(12)
    for (const step of steps) {
      const { exitCode, output } = await runStep(step, dir, () => now)
      const place = `docs/admins-hour.md:${String(step.line + before)}: ${step.command.split('\n')[0] ?? ''}`
      expect({ place, exitCode, missing: firstDifference(step.printed, output), output }).toEqual({
        place,
        exitCode: step.exitCode,
        missing: null,
        output,
      })
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

describe('the admin’s hour of the documentation [GOV-05]', () => {
  it('on the demonstration data', { timeout: 600_000 }, () =>
    follow(demo, hour.split('\n').length - 1, shanghai, (dir) => symlink(assetPath('demo'), join(dir, 'demo'))),
  )

  // The AdventureWorks files are not part of the repository: without them this part of the page is not checked, and says so.
  it.skipIf(!existsSync(join(shared, 'adventureworks-resellers-even.csv')))(
    'on the AdventureWorks data',
    { timeout: 900_000 },
    () =>
      follow(hour, 0, pacific, async (dir) => {
        await symlink(shared, join(dir, 'data'))
        await copyFile(at('docs/admins-hour/answers.txt'), join(dir, 'answers.txt'))
      }),
  )
})
