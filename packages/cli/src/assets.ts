import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file that the package ships. Works from the sources and from the built package, which both lie one level below the package's root. */
export function assetPath(name: string): string {
  return fileURLToPath(new URL(`../assets/${name}`, import.meta.url))
}

/** Names of the mappings that the package ships. */
export function shippedMappings(): readonly string[] {
  return readdirSync(assetPath('mappings'))
    .filter((f) => f.endsWith('.yaml'))
    .map((f) => f.slice(0, -'.yaml'.length))
    .sort()
}
