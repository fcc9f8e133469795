import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { files, isShipped, root } from '../scripts/lib/workspace.ts'

const text = (path: string): string => readFileSync(join(root, path), 'utf8')

/** What git has or would take: the files that a reader of the repository sees. */
const committed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && /\.(ts|mts|mjs|cjs|json|md|ya?ml|svg|csv|sh)$|^\.ci\/run$/.test(path))
  .filter((path) => files(path).length > 0 || path.startsWith('.'))

describe('source files', () => {
  const sources = files('packages/*/src/**/*.ts')

  it('stay short enough to be read: at most 400 lines, data aside', () => {
    const long = sources.filter((path) => isShipped(path) && !path.includes('/data/') && text(path).split('\n').length > 401)
    expect(long).toEqual([])
  })

  it('are named in kebab-case', () => {
    expect(sources.filter((path) => !/^[a-z0-9]+([.-][a-z0-9]+)*\.ts$/.test(path.split('/').at(-1) ?? ''))).toEqual([])
  })

  it('carry no test that is switched off, and no leftover', () => {
    const marks = /\b(?:it|test|describe)\.(?:only|todo)\(|@ts-(?:ignore|nocheck)|\bFIXME\b|\bTODO\b/
    expect(
      [...sources, ...files('{test,scripts,examples}/**/*.ts')].filter(
        (path) => path !== 'test/files.test.ts' && marks.test(text(path)),
      ),
    ).toEqual([])
  })
})

describe('documents', () => {
  const pages = files(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'examples/**/*.md'])

  it('link only to files that exist', () => {
    const broken = pages.flatMap((page) => {
      const prose = text(page).replace(/```[\s\S]*?```/g, '')
      return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
        .map((match) => (match[1] ?? '').split('#')[0] ?? '')
        .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
        .filter((target) => files(normalize(join(dirname(page), target)).replace(/\/$/, '')).length === 0)
        .map((target) => `${page} → ${target}`)
    })
    expect(broken).toEqual([])
  })

  it('decisions have numbers of their own', () => {
    const numbers = files('docs/adr/[0-9]*.md').map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('what is committed', () => {
  it('names no folder of the machine that it was written on', () => {
    const paths = /(?<![\w.])\/(?:work|home\/\w+|root|tmp\/\w+|Users\/\w+)\//
    expect(committed.filter((path) => path !== 'test/files.test.ts' && paths.test(text(path)))).toEqual([])
  })

  it('names no package registry', () => {
    const registry = /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.|^\s*(?:registry|tarball)\s*[:=]/m
    expect(committed.filter((path) => path !== 'test/files.test.ts' && registry.test(text(path)))).toEqual([])
  })
})
