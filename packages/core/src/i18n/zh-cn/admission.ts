import type { AdmissionTexts } from '../catalogue-parts.ts'

export const admission: AdmissionTexts = {
  headline: (score, minScore, passes) => `准入评分${score}（不低于${minScore}）：${passes ? '达到准入标准' : '初评未通过'}`,
  part: (criterion, value, weight, mandatory) => `${criterion}：${value} × ${weight}%${mandatory ? '（必备标准）' : ''}`,
  grade: (measure, actual, limit, met) => `  ${measure}：${actual}；${limit}，${met ? '符合' : '不符合'}`,
  notMet: (criterion) => `${criterion}为必备标准，未达到`,
  passesAt: (measure, value) => `仅${measure}达到${value}即可通过`,
}
