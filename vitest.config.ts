import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: '@ka-governance/core/conformance', replacement: source('./packages/core/src/conformance/index.ts') },
      { find: '@ka-governance/core/machines', replacement: source('./packages/core/src/machines.ts') },
      { find: '@ka-governance/core', replacement: source('./packages/core/src/index.ts') },
      { find: '@ka-governance/adapter-memory', replacement: source('./packages/adapter-memory/src/index.ts') },
      { find: '@ka-governance/adapter-hubspot', replacement: source('./packages/adapter-hubspot/src/index.ts') },
      { find: '@ka-governance/adapter-salesforce', replacement: source('./packages/adapter-salesforce/src/index.ts') },
      { find: 'ka-governance', replacement: source('./packages/cli/src/index.ts') },
    ],
  },
  test: {
    setupFiles: [source('./test/support/zone-readers.ts'), source('./test/support/fast-check.ts')],
    include: ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    // Loading core costs more than most files of tests. They share it: it keeps nothing but facts about the world, and whoever stubs the environment takes that back.
    isolate: false,
    maxWorkers: 2,
  },
})
