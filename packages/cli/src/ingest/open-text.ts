import { TextDecoder } from 'node:util'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { say, type Said } from '../said.ts'
import { BrokenFileError, type IngestCode } from './finding.ts'

/** Called with the raw bytes read so far, for a progress line. */
export type OnBytes = (bytes: number) => void

const gzipCodes = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR_TRAILING_JUNK_AFTER_STREAM_END'])

/**
 * Streams a text file: `.gz` is unpacked, a byte order mark is dropped, bytes are decoded. Bytes that are not of the encoding become U+FFFD, which
 * the row reader reports by line; UTF-16 under another name, a broken archive and an unreadable file are {@link BrokenFileError}s.
 */
export async function* openText(path: string, encoding = 'utf-8', onBytes?: OnBytes): AsyncGenerator<string> {
  const name = basename(path)
  const broken = (code: IngestCode, message: Said, remedy: Said): BrokenFileError =>
    new BrokenFileError([{ code, file: name, line: 0, message, remedy }])
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding)
  } catch {
    throw broken(
      'encoding_unknown',
      say(`the encoding ${JSON.stringify(encoding)} is not known`, `没有名为“${encoding}”的字符编码`),
      say('name one such as utf-8, gb18030 or windows-1252', '请填写utf-8、gb18030或windows-1252等编码'),
    )
  }
  const file = createReadStream(path, { highWaterMark: 262_144 })
  if (onBytes) file.on('data', (chunk) => onBytes(chunk.length))
  // The pipeline's error also surfaces in the loop below, where it gets its place.
  const source = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file
  let first = true
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (first) {
        first = false
        const sixteen = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)
        if (sixteen && !decoder.encoding.startsWith('utf-16')) {
          throw broken(
            'encoding_mismatch',
            say(`the file is UTF-16, not ${encoding}`, `文件编码为UTF-16，而非${encoding}`),
            say(
              'save it as UTF-8, or write `encoding: utf-16le` into the mapping',
              '请另存为UTF-8，或在映射中填写encoding: utf-16le',
            ),
          )
        }
      }
      const text = decoder.decode(chunk, { stream: true })
      if (text !== '') yield text
    }
  } catch (error) {
    if (error instanceof BrokenFileError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (gzipCodes.has(code))
      throw broken(
        'gzip_broken',
        say(`the gzip archive is damaged or cut off (${code})`, `gzip压缩包已损坏或不完整（${code}）`),
        say('copy the file again and compare its checksum', '请重新复制文件并核对校验和'),
      )
    if (code === 'ENOENT')
      throw broken(
        'file_missing',
        say('there is no such file', '没有这个文件'),
        say('check --data and the file patterns of the mapping', '请检查--data和映射中的文件名'),
      )
    const why = code === '' ? '' : ` (${code})`
    throw broken(
      'file_unreadable',
      say(`the file cannot be read${why}`, `文件无法读取${why}`),
      say('check that it is a readable file', '请检查文件是否可读'),
    )
  }
  const tail = decoder.decode()
  if (tail !== '') yield tail
}
