import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { assetPath, shippedMappings } from '../assets.ts'
import { shorten } from '../ingest/finding.ts'
import { loadMapping } from '../ingest/load-mapping.ts'
import type { Mapping } from '../ingest/mapping-schema.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'

const isFile = (path: string, name: string): boolean => /[./\\]/.test(name) || existsSync(path)

/**
 * Mappings by the name of a shipped one or out of files; `mapping.yaml` of the data folder, else `standard`, when none is named.
 *
 * @throws UsageError for a name that is neither, MappingError for a file that cannot be used.
 */
export async function resolveMappings(names: readonly string[] | undefined, dir: string, cwd = '.'): Promise<readonly Mapping[]> {
  const own = join(dir, 'mapping.yaml')
  const wanted = names !== undefined && names.length > 0 ? names : existsSync(own) ? [own] : ['standard']
  const shipped = shippedMappings()
  return Promise.all(
    wanted.map((name) => {
      if (shipped.includes(name)) return loadMapping(assetPath(`mappings/${name}.yaml`))
      const path = resolve(cwd, name)
      if (isFile(path, name)) return loadMapping(path)
      throw new UsageError(
        say(`there is no mapping "${shorten(name)}"`, `没有名为“${shorten(name)}”的映射`),
        say(`name a file, or one of ${shipped.join(', ')}`, `请指定文件，或以下之一：${shipped.join('、')}`),
      )
    }),
  )
}
