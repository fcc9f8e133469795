export { admissionMeasures } from './admission-measures.ts'
export { admissionScore } from './admission-score.ts'
export {
  admissionMeasureNames,
  type AdmissionFindings,
  type AdmissionGrade,
  type AdmissionMeasure,
  type AdmissionMeasures,
  type AdmissionPart,
  type AdmissionReason,
  type AdmissionScore,
  type AdmissionShortfall,
} from './types.ts'
