import { createHash } from 'node:crypto'

/** sha-256 in hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
