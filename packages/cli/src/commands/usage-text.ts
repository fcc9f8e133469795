import type { Locale } from '@ka-governance/core'

/** What the command-line library says, and how it reads in Chinese; what is not among it stays English. */
const inChinese: readonly (readonly [said: RegExp, text: string])[] = [
  [/^error: unknown option '(.*?)'/, '错误：没有选项“$1”'],
  [/^error: unknown command '(.*?)'/, '错误：没有命令“$1”'],
  [/^error: missing required argument '(.*?)'/, '错误：缺少参数“$1”'],
  [/^error: option '(.*?)' argument missing/, '错误：选项“$1”缺少取值'],
  [/^error: required option '(.*?)' not specified/, '错误：必须指定选项“$1”'],
  [/^error: option '(.*?)' argument '([^]*?)' is invalid\./, '错误：选项“$1”的取值“$2”无效。'],
  [
    /^error: too many arguments for '(.*?)'\. Expected (\d+) arguments? but got (\d+)(?:: ([^]*?))?\.$/m,
    '错误：“$1”的参数过多：应为$2个，实为$3个',
  ],
  [/Allowed choices are (.*?)\./, '可选：$1。'],
  [/a whole number, 0 or more\./, '须为不小于0的整数。'],
  [/a number above 0 and below 100\./, '须为大于0且小于100的数。'],
  [/\(Did you mean (?:one of )?(.*?)\?\)/, '（是否指$1？）'],
]

/** A message about the command line, in the language. */
export const usageText = (message: string, locale: Locale): string =>
  locale === 'en' ? message : inChinese.reduce((text, [said, chinese]) => text.replace(said, chinese), message)

/** The line behind such a message. */
export const helpHint: { readonly [L in Locale]: string } = {
  en: '(add --help for the options)',
  'zh-CN': '（加--help查看选项）',
}
