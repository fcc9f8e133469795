import { defineConfig } from 'tsup'

/**
 * How every package of this workspace is built: ES modules only (ADR 0001), one rolled-up declaration file an entry, nothing of
 * `dependencies` bundled, code not minified so that a stack trace in a customer's log can be read.
 */
export const library = (entry: Record<string, string>): ReturnType<typeof defineConfig> =>
  defineConfig({
    entry,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    // Entries share their common modules, so that `core` and `core/machines` hold one copy of a machine and one class of an error.
    splitting: true,
    treeshake: true,
    clean: true,
    // `node:crypto` stays `node:crypto`: without the prefix a bundler for browsers takes it for a package.
    removeNodeProtocol: false,
    external: [/^node:/],
    sourcemap: false,
    tsconfig: '../../tsconfig.build.json',
    // tsup's declaration build sets `baseUrl`, which TypeScript 6 deprecates; the flag is for that and nothing of ours.
    dts: { compilerOptions: { ignoreDeprecations: '6.0', rewriteRelativeImportExtensions: false } },
  })
