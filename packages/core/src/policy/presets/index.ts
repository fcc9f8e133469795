import { loadPolicy } from '../load.ts'
import type { Policy, PolicyInput } from '../schema.ts'
import { distributorIntlInput, distributorIntlUsdInput } from './distributor-intl.ts'
import { manufacturerCnInput } from './manufacturer-cn.ts'
import { adventureWorksInput, onlineRetailInput } from './sample-data.ts'

export { demoDirectory } from './demo-directory.ts'

/** The presets as documents, to start from: copy one, change what differs, load it. */
export const presets: {
  /** (i) Industrial manufacturer in China, CNY. */
  readonly manufacturerCn: PolicyInput
  /** (ii) International distributor, EUR. */
  readonly distributorIntl: PolicyInput
  /** (ii) with the book in USD. */
  readonly distributorIntlUsd: PolicyInput
  /** Thresholds in scale with the AdventureWorks resellers. */
  readonly adventureWorks: PolicyInput
  /** Thresholds in scale with the Online Retail customers. */
  readonly onlineRetail: PolicyInput
} = {
  manufacturerCn: manufacturerCnInput,
  distributorIntl: distributorIntlInput,
  distributorIntlUsd: distributorIntlUsdInput,
  adventureWorks: adventureWorksInput,
  onlineRetail: onlineRetailInput,
}

/** Preset (i): industrial manufacturer in China, CNY, about 60 key accounts. */
export const manufacturerCn = (): Policy => loadPolicy(presets.manufacturerCn)

/** Preset (ii): international distributor, EUR, about 200 key accounts; with `USD` the book in that currency. */
export const distributorIntl = (currency: 'EUR' | 'USD' = 'EUR'): Policy =>
  loadPolicy(currency === 'EUR' ? presets.distributorIntl : presets.distributorIntlUsd)

/** Thresholds in scale with the AdventureWorks resellers (USD, two years). */
export const adventureWorks = (): Policy => loadPolicy(presets.adventureWorks)

/** Thresholds in scale with the Online Retail customers (GBP, one year). */
export const onlineRetail = (): Policy => loadPolicy(presets.onlineRetail)
