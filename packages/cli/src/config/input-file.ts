import { open } from 'node:fs/promises'
import { shorten } from '../ingest/finding.ts'
import { say, SaidError, type Said } from '../said.ts'

/** A file that cannot be read or is not what it should be: which, why, and what helps. */
export class InputFileError extends SaidError {
  readonly file: string

  constructor(file: string, message: Said, remedy: Said, options?: ErrorOptions) {
    super(message, remedy, options)
    this.name = 'InputFileError'
    this.file = file
  }
}

type Problem = readonly [message: Said, remedy: Said]

const forbidden: { readonly [doing in 'read' | 'write']: Problem } = {
  read: [say('the file may not be read', '没有读取该文件的权限'), say('ask for permission to read it', '请申请读取权限')],
  write: [say('the file may not be written', '没有写入该文件的权限'), say('ask for permission to write it', '请申请写入权限')],
}

const reasons: { readonly [code: string]: Problem } = {
  ENOENT: [
    say('there is no such file', '没有这个文件'),
    say('check the name and the folder you are in', '请检查文件名和所在文件夹'),
  ],
  ENOTDIR: [say('a part of the path is no folder', '路径中有一部分不是文件夹'), say('check the path', '请检查路径')],
  EEXIST: [say('there is a file of this name', '已有同名文件'), say('name a folder', '请指定文件夹')],
  EISDIR: [say('this is a folder', '这是一个文件夹'), say('name a file in it', '请指定其中的文件')],
  ENAMETOOLONG: [say('the name is too long for a file', '文件名过长'), say('check the name', '请检查名称')],
  ELOOP: [say('the links lead in a circle', '链接形成了循环'), say('name the file itself', '请直接指定文件')],
  EMFILE: [say('too many files are open', '打开的文件过多'), say('try again', '请重试')],
  ENOSPC: [say('the disk is full', '磁盘已满'), say('make room on it', '请腾出磁盘空间')],
  EDQUOT: [say('your share of the disk is used up', '磁盘配额已用完'), say('make room on it', '请腾出磁盘空间')],
  EROFS: [say('the disk takes no changes', '磁盘为只读'), say('name another folder', '请指定另一个文件夹')],
}

/** What the system's error code means for a person. */
export function fileProblem(error: unknown, doing: 'read' | 'write' = 'read'): Problem {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  // A name with a NUL byte, which no system takes.
  if (code === 'ERR_INVALID_ARG_VALUE')
    return [say('the name is no file name', '这不是文件名'), say('check the name', '请检查名称')]
  if (code === 'EACCES' || code === 'EPERM') return forbidden[doing]
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined
  if (known !== undefined) return known
  const why = code === '' ? '' : ` (${code})`
  const message =
    doing === 'read' ? say(`it cannot be read${why}`, `无法读取${why}`) : say(`it cannot be written${why}`, `无法写入${why}`)
  return [message, say('check the file and the disk', '请检查文件和磁盘')]
}

/** The system's code behind an error of a file; empty where it was none of the system's. */
const causeOf = (error: unknown): string =>
  (error instanceof InputFileError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined)?.code ?? ''

/** True where the machine fails and not the input: no other name, and no other content of a file would help. */
export const isMachineFailure = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE'].includes(causeOf(error))

/** The largest text that is read whole. */
const defaultLimit = 16 * 1024 * 1024

/**
 * Reads a text file as UTF-8, without a byte order mark, and no further than a limit: a device without an end or a data file given by mistake costs nothing.
 *
 * @param given how the person named it, where that is not the whole path.
 * @throws InputFileError when it cannot be read, is longer, or is no UTF-8.
 */
export async function readTextFile(path: string, limit = defaultLimit, given = path): Promise<string> {
  const name = shorten(given, 200)
  const fail = (message: Said, remedy: Said, cause?: unknown): never => {
    throw new InputFileError(name, message, remedy, { cause })
  }
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    const handle = await open(path, 'r')
    try {
      const chunk = new Uint8Array(64 * 1024)
      while (length <= limit) {
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, null)
        if (bytesRead === 0) break
        chunks.push(chunk.slice(0, bytesRead))
        length += bytesRead
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const [message, remedy] = fileProblem(error)
    return fail(message, remedy, error)
  }
  if (length > limit) {
    const size = `${String(Math.floor(limit / 1024))} kB`
    return fail(say(`it is larger than ${size}`, `超过${size}`), say('check that this is the right file', '请检查是否选对了文件'))
  }
  const bytes = Buffer.concat(chunks)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return fail(say('it is written in UTF-16', '编码为UTF-16'), say('save it as UTF-8', '请另存为UTF-8'))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fail(
      say('it is not UTF-8 text', '不是UTF-8文本'),
      say('save it as UTF-8; a spreadsheet or an archive cannot be read here', '请另存为UTF-8；此处不能读取电子表格或压缩包'),
    )
  }
}
