export type { JsonValue } from './json.ts'
export { erasedText, mapTexts, sealedDocumentOf, sealedDocumentsIn, sealedToken } from './sealed.ts'
export {
  GovernanceError,
  InvalidInputError,
  isGovernanceError,
  type ErrorCode,
  type ErrorOptions,
  type Finding,
  type FindingFix,
} from './sdk-error.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
export { refusalCodes, type Refusal, type RefusalCode, type Remedy } from './refusal.ts'
