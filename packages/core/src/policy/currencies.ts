/**
 * The currencies in which a policy may count: those of ISO 4217 that are money in use, and the few that left it since 2022, so that policies of that time still load. No funds, no metals, no test
 * codes. A list of our own, since what a runtime knows differs from one version to the next, and a policy holds on all of them.
 */
const known: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD ' +
    'CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP ' +
    'GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD ' +
    'KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO ' +
    'NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL ' +
    'SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV ' +
    'WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL'
  ).split(' '),
)

/**
 * True for the code of a currency that is or lately was in use: no fund, no metal, no test code.
 *
 * @example
 * ```ts
 * ['CNY', 'CLF'].map(isCurrencyInUse) // => [true, false]
 * ```
 */
export const isCurrencyInUse = (code: string): boolean => known.has(code)
