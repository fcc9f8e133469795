import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say } from '../said.ts'
import { fileProblem, InputFileError } from './input-file.ts'

/** Who holds a lock. */
interface Holder {
  readonly token: string
  readonly pid: number
  readonly host: string
}

/** How long to wait for a lock. */
export interface LockOptions {
  /** Milliseconds. @default 5000 */
  readonly patience?: number
  /** Milliseconds after which the lock of another machine is taken for forgotten. @default 600000 */
  readonly forgotten?: number
}

/** A lock that is held. */
export interface Lock {
  /** False when somebody took it for forgotten and took it over. */
  readonly isHeld: () => Promise<boolean>
  readonly release: () => Promise<void>
}

/**
 * Takes a lock file, waiting for whoever has it. The lock of a process of this machine that is gone is taken over at once, that of another machine once it is old.
 *
 * @throws InputFileError naming the holder when it is still held in the end.
 */
export async function takeLock(path: string, { patience = 5000, forgotten = 600_000 }: LockOptions = {}): Promise<Lock> {
  const mine: Holder = { token: randomUUID(), pid: process.pid, host: hostname() }
  const until = performance.now() + patience
  try {
    await mkdir(dirname(path), { recursive: true })
    while (!(await create(path, mine))) {
      const holder = await holderOf(path)
      if (holder !== null && (await isForgotten(path, holder, forgotten))) await takeAway(path, holder)
      else if (performance.now() >= until) throw held(path, holder)
      else await wait(25)
    }
  } catch (error) {
    if (error instanceof InputFileError) throw error
    const [message, remedy] = fileProblem(error, 'write')
    throw new InputFileError(path, say(`no lock can be taken: ${message.en}`, `无法加锁：${message['zh-CN']}`), remedy, {
      cause: error,
    })
  }
  const isHeld = async (): Promise<boolean> => (await holderOf(path))?.token === mine.token
  return {
    isHeld,
    release: async () => {
      if (await isHeld()) await rm(path, { force: true })
    },
  }
}

const held = (path: string, holder: Holder | null): InputFileError =>
  new InputFileError(
    path,
    holder === null || holder.pid === 0
      ? say('somebody else is writing', '另一个程序正在写入')
      : say(
          `somebody else is writing: process ${String(holder.pid)} of ${holder.host}`,
          `另一个程序正在写入：${holder.host}上的进程${String(holder.pid)}`,
        ),
    say('wait for it; when it is gone for sure, delete this file', '请等待其结束；确认已退出后可删除此文件'),
  )

async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600)
    try {
      await handle.writeFile(JSON.stringify(holder))
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** `null`: there is no lock any more. A lock whose text is not there yet has no known holder. */
async function holderOf(path: string): Promise<Holder | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const { token, pid, host } = JSON.parse(text) as Partial<Holder>
    if (typeof token === 'string' && typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string')
      return { token, pid, host: host.slice(0, 100) }
  } catch {
    // Cut off, or not written yet.
  }
  return { token: text, pid: 0, host: '' }
}

async function isForgotten(path: string, { pid, host }: Holder, forgotten: number): Promise<boolean> {
  if (pid > 0 && host === hostname()) return !isAlive(pid)
  try {
    return Date.now() - (await stat(path)).mtimeMs > forgotten
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another person may not be signalled, and lives.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/**
 * Moves a forgotten lock away. Of two who do so at once, the slower may have moved the faster one's new lock: it sees that by the token and puts it back. Should even that come too
 * late, the holder finds its lock gone before it writes.
 */
async function takeAway(path: string, holder: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if ((await holderOf(aside))?.token === holder.token) await rm(aside, { force: true })
  else await rename(aside, path)
}
