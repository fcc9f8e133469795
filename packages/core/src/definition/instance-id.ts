import { sha256Hex } from '../rules/index.ts'

/** Longer parts are replaced by a hash, so that an id and its entry keys stay within every store's limits. */
const longestPart = 44

/**
 * A name as part of an instance id, injective into `[a-z0-9-]`: small letters and digits stand for themselves, every other UTF-8 byte is `-` and
 * two hex digits; what gets longer than 44 characters becomes `--` and 40 digits of its sha-256.
 *
 * @example
 * ```ts
 * encodeIdPart('001xA') // => '001x-41'
 * ```
 */
export function encodeIdPart(name: string): string {
  let out = ''
  for (const byte of new TextEncoder().encode(name.toWellFormed())) {
    const char = String.fromCharCode(byte)
    out += /[a-z0-9]/.test(char) ? char : `-${byte.toString(16).padStart(2, '0')}`
    if (out.length > longestPart) return `--${sha256Hex(name).slice(0, 40)}`
  }
  return out
}

/** Id of an account's ledger. */
export function accountLedgerId(accountId: string): string {
  return `account-${encodeIdPart(accountId)}`
}

/** Id of the adjustment of a cycle: one a cycle and account, so that a repeated review finds it. */
export function adjustmentId(accountId: string, cycle: string): string {
  return `tier-${encodeIdPart(accountId)}-${cycle.toLowerCase()}`
}

/** Id of the n-th adjustment on demand of an account: its ledger counts them. */
export function onDemandId(accountId: string, n: number): string {
  return `tier-${encodeIdPart(accountId)}-od${String(n)}`
}

/** Id of the ledger of a project. */
export function projectLedgerId(projectId: string): string {
  return `project-${encodeIdPart(projectId)}`
}

/** Id of the n-th admission of an account: its ledger counts them. */
export function admissionId(accountId: string, n: number): string {
  return `adm-${encodeIdPart(accountId)}-${String(n)}`
}

/** A policy's id as part of an instance id: it has the right characters already, and only its length may be too much. */
const policyPart = (policyId: string): string =>
  policyId.length <= longestPart && /^[a-z0-9-]+$/.test(policyId) ? policyId : `--${sha256Hex(policyId).slice(0, 40)}`

/** Id of the ledger of a policy. */
export function policyLedgerId(policyId: string): string {
  return `policy-${policyPart(policyId)}`
}

/**
 * Id of the publication of a version. Two dashes stand before the version, so that version 2 of `ka-1` is not version 1.2 of `ka`.
 *
 * @example
 * ```ts
 * publicationId('manufacturer-cn', '1.1') // => 'pol-manufacturer-cn--1-1'
 * ```
 */
export function publicationId(policyId: string, version: string): string {
  const numbers =
    version.length <= 20 ? version.replaceAll('.', '-').replaceAll(/[^a-z0-9-]/g, '-') : sha256Hex(version).slice(0, 20)
  return `pol-${policyPart(policyId)}--${numbers}`
}
