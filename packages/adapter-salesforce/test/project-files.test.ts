import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { projectFiles } from '../src/metadata/project.ts'
import { namesOf } from '../src/schema.ts'

const top = fileURLToPath(new URL('../', import.meta.url))

test('the project that is published is the one that the adapter makes (refresh with `pnpm metadata`)', () => {
  const wanted = projectFiles(namesOf('Kag'))
  const other = wanted.filter(({ path, content }) => !existsSync(top + path) || readFileSync(top + path, 'utf8') !== content)
  expect(other.map(({ path }) => path)).toEqual([])
  const committed = globSync('force-app/**/*.xml', { cwd: top }).length
  expect(committed).toBe(wanted.filter(({ path }) => path.startsWith('force-app/')).length)
})
