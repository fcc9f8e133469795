import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const imports = (file: string): string[] =>
  [...readFileSync(folder + file, 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? '')

test('the adapter has the files that every adapter has', () => {
  const common = ['index', 'options', 'client', 'schema', 'provision', 'mapping', 'store', 'errors'].map((name) => `${name}.ts`)
  expect(files).toEqual(expect.arrayContaining(common))
})

test('it imports core by its public entry and nothing else from outside', () => {
  const outside = files.flatMap(imports).filter((specifier) => !specifier.startsWith('.'))
  expect(new Set(outside)).toEqual(new Set(['@ka-governance/core']))
})

test('only the client builds tables: no other file imports the database as a value', () => {
  const users = files.filter(
    (file) => !file.startsWith('database/') && /^import \{.*from '\.\/database\//m.test(readFileSync(folder + file, 'utf8')),
  )
  expect(users).toEqual(['client.ts'])
})

test('no branch on a workflow’s name: a kind is stored and compared with what a query asks for, never with a literal', () => {
  const text = files.map((file) => readFileSync(folder + file, 'utf8')).join('\n')
  expect(text).not.toMatch(/kind\s*[!=]==?\s*['"`]|case ['"`](complaint|admission|project|tier|account)/)
})
