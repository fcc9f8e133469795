// Types and lint from one reading of the sources: to make and to check the program is most of what either takes, and both need the same one.
// Writes as JSON what tsc finds, and what eslint does; `npm run types` and `npm run lint` say the same, one at a time.
import { ESLint } from 'eslint'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './workspace.ts'

/** What is wrong, as text; empty: nothing. */
export type Findings = Readonly<{ types: string; lint: string }>

const names: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => root,
  getCanonicalFileName: (path) => path,
  getNewLine: () => '\n',
}

const programOf = (config: string): ts.Program => {
  const parsed = ts.getParsedCommandLineOfConfigFile(config, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => {
      throw new Error(ts.formatDiagnostic(problem, names))
    },
  })
  if (parsed === undefined) throw new Error(`${config} cannot be read`)
  return ts.createProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(parsed),
    // Rules walk up the tree as well as down.
    host: ts.createCompilerHost(parsed.options, true),
  })
}

const lint = async (program: ts.Program): Promise<string> => {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parserOptions: { projectService: false, programs: [program] } },
    },
  })
  const results = await eslint.lintFiles(['.'])
  const isClean = results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0)
  return isClean ? '' : (await eslint.loadFormatter('stylish')).format(results)
}

const [output = ''] = process.argv.slice(2)
const program = programOf(join(root, 'tsconfig.json'))
const types = ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(ts.getPreEmitDiagnostics(program)), names)
const findings: Findings = { types, lint: await lint(program) }
writeFileSync(output, JSON.stringify(findings))
