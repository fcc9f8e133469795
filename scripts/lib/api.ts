import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from '@microsoft/api-extractor'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entries, packages, root, type Entry, type Package } from './workspace.ts'

/** A public surface as text: `api/core-machines.api.md` for `@ka-governance/core/machines`. */
export type ApiReport = Readonly<{
  specifier: string
  path: string
  committed: string | undefined
  current: string
  problems: readonly string[]
}>

const nameOf = (item: Package, entry: Entry): string =>
  entry.key === '.' ? item.folder : `${item.folder}-${entry.key.slice(2).replaceAll('/', '-')}`

/** Tables of states would repeat the diagrams line by line: what a machine contains is pinned by docs/workflows and by replay, not by its type. */
const withoutReport = new Set(['@ka-governance/core/machines'])

/** A member of a zod enum, as the compiler writes it: `order: "order";`. */
const enumMember = /^\s*("?)([\w-]+)\1: "\2";$/

/**
 * What a build may write one way or the other without any change for users: names of chunks and places in them, and the order in which the compiler
 * meets the members of an enum.
 */
const settled = (text: string): string => {
  const lines = text.replaceAll(/^(\s*\/\/ )dist\/\S+ - /gm, '$1').split('\n')
  for (let from = 0; from < lines.length; from += 1) {
    let to = from
    while (enumMember.test(lines[to] ?? '') || lines[to]?.startsWith('// (ae-forgotten-export)') === true) to += 1
    if (to - from > 1) lines.splice(from, to - from, ...lines.slice(from, to).sort())
    from = Math.max(from, to)
  }
  return lines.join('\n')
}

const report = (item: Package, entry: Entry): ApiReport => {
  const name = nameOf(item, entry)
  const folder = join(root, '.cache/api')
  mkdirSync(folder, { recursive: true })
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(item.path, 'api-extractor.json'),
    packageJsonFullPath: join(item.path, 'package.json'),
    configObject: {
      projectFolder: item.path,
      mainEntryPointFilePath: entry.types,
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2024',
            lib: ['es2024'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            strict: true,
            skipLibCheck: true,
            // Core and what stands on it alone need no types of a platform; who calls a CRM needs `fetch`.
            types: ['adapter-hubspot', 'adapter-salesforce'].includes(item.folder) ? ['node'] : [],
          },
          files: [entry.types],
        },
      },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // Documentation is typedoc's gate; here only the shape of the surface counts.
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          'ae-undocumented': { logLevel: ExtractorLogLevel.None },
          'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
          // A type that a signature names and no entry exports: noted in the report, where a reviewer sees it come and go.
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
      },
    },
  })
  const problems: string[] = []
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message: ExtractorMessage) => {
      message.handled = true
      if (message.messageId.startsWith('console-')) return
      if (message.logLevel === ExtractorLogLevel.Error || message.logLevel === ExtractorLogLevel.Warning)
        problems.push(message.formatMessageWithLocation(item.path))
    },
  })
  const path = join(root, 'api', `${name}.api.md`)
  return {
    specifier: entry.specifier,
    path,
    committed: existsSync(path) ? readFileSync(path, 'utf8') : undefined,
    current: settled(readFileSync(join(folder, `${name}.api.md`), 'utf8')),
    problems,
  }
}

/** Every entry of every built package, beside its committed report. */
export const apiReports = (): readonly ApiReport[] =>
  packages().flatMap((item) =>
    entries(item)
      .filter((entry) => !withoutReport.has(entry.specifier))
      .map((entry) => report(item, entry)),
  )

export const saveReport = (item: ApiReport): void => {
  mkdirSync(join(root, 'api'), { recursive: true })
  writeFileSync(item.path, item.current)
}
