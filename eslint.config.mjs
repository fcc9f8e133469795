import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import { everywhere, outside, purity } from './scripts/eslint/purity.mjs'

const tests = ['**/*.test.ts', '**/test/**/*.ts', '**/testing/**/*.ts', '**/conformance/**/*.ts']
const nodeGlobals = Object.fromEntries(['process', 'console', 'URL', 'performance'].map((name) => [name, 'readonly']))

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.d.ts', '.cache/**', 'out/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Numbers and booleans print the same everywhere; objects do not, and those stay forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => void store.delete(key)` and `() => emit(event)` say the same; the shorthand is no trap.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      // `x == null` asks for null and undefined at once, on purpose.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Each of the arms of a union is told apart by a literal, which the rule takes for an enum.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // `type` is the house form for data; both are legal, so neither is enforced.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // A port's method may be async by contract and synchronous by nature (the memory store).
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-restricted-syntax': ['error', ...everywhere],
      // Input validation refuses control characters on purpose.
      'no-control-regex': 'off',
    },
  },
  ...purity,
  outside,
  {
    name: 'tests',
    files: tests,
    rules: {
      // A test may reach for the impossible: a wrong type on purpose, an index that it has just checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'tool configuration needs default exports',
    files: ['*.config.ts', 'packages/*/tsup.config.ts', 'scripts/*/*.config.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: nodeGlobals } },
)
