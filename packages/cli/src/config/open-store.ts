import { join } from 'node:path'
import type { GovernanceStore } from '@ka-governance/core'
import type { CliConfig } from './load-config.ts'
import { say } from '../said.ts'
import { InputFileError } from './input-file.ts'
import { takeLock, type LockOptions } from './lock.ts'
import { checkRegistry, readRegistry, removeLeftovers, writeRegistry } from './registry-file.ts'

/** A store to read from. */
export interface OpenStore {
  readonly store: GovernanceStore
  readonly close: () => Promise<void>
}

const isRegistry = (store: CliConfig['store']): store is { readonly registry: string } => 'registry' in store

/**
 * Opens a store for reading. A registry is read as it stands, without a lock: its file is replaced in one step.
 *
 * @throws InputFileError where there is no registry: reading makes none.
 */
export async function openStore(store: CliConfig['store']): Promise<OpenStore> {
  if (!isRegistry(store)) return { store, close: async () => undefined }
  return { store: (await readRegistry(store.registry, false)).store, close: async () => undefined }
}

/**
 * Works on a store and keeps what was written. A registry is locked meanwhile and written in the end, also when the work was refused half-way: what a store has accepted is kept.
 *
 * @param options.create false: a registry that is not there is refused instead of made.
 * @throws InputFileError when the registry is locked, cannot be read, or was taken over by somebody else.
 */
export async function withStore<T>(
  store: CliConfig['store'],
  work: (store: GovernanceStore) => Promise<T>,
  { create = true, ...options }: LockOptions & { readonly create?: boolean } = {},
): Promise<T> {
  if (!isRegistry(store)) return work(store)
  const dir = store.registry
  const path = join(dir, 'registry.lock')
  await checkRegistry(dir, create)
  const lock = await takeLock(path, options)
  try {
    await removeLeftovers(dir)
    const loaded = await readRegistry(dir)
    const outcome = await work(loaded.store).then(
      (value) => ({ ok: true, value }) as const,
      (error: unknown) => ({ ok: false, error }) as const,
    )
    if (!(await lock.isHeld()))
      throw new InputFileError(
        path,
        say('the lock was taken by somebody else; nothing was written', '锁已被他人取得；未写入任何内容'),
        say('send the command again', '请重新执行命令'),
      )
    await writeRegistry(dir, loaded)
    if (!outcome.ok) throw outcome.error
    return outcome.value
  } finally {
    await lock.release()
  }
}
