import type { Labels } from '../parts.ts'

/** A language of the parameter table. */
export type PolicyLanguage = keyof Labels

interface SchemaTexts {
  readonly title: string
  readonly description: string
  readonly sentence: (text: string) => string
  readonly between: string
  readonly pair: (name: string, value: string) => string
  readonly join: (names: readonly string[]) => string
  readonly unit: (unit: string) => string
  readonly example: (example: string) => string
  readonly holds: (names: string) => string
  readonly inside: (name: string) => string
  readonly blank: string
}

/** What the JSON Schema says beside the words of the parameter table. */
export const schemaTexts: { readonly [L in PolicyLanguage]: SchemaTexts } = {
  en: {
    title: 'Key-account policy',
    description: 'A key-account policy, finished or as a draft: what is not decided yet stands as "[X]".',
    sentence: (text) => `${text}.`,
    between: ' ',
    pair: (name, value) => `${name}: ${value}`,
    join: (names) => names.join('; '),
    unit: (unit) => `Unit: ${unit}.`,
    example: (example) => `Example: ${example}`,
    holds: (names) => `Contains: ${names}.`,
    inside: (name) => `Part of: ${name}.`,
    blank: 'Not decided yet',
  },
  'zh-CN': {
    title: 'KA客户管理制度',
    description: 'KA客户管理制度，可为定稿或草稿：尚未确定的内容写作 "[X]"。',
    sentence: (text) => `${text}。`,
    between: '',
    pair: (name, value) => `${name}：${value}`,
    join: (names) => names.join('、'),
    unit: (unit) => `单位：${unit}。`,
    example: (example) => `示例：${example}`,
    holds: (names) => `包括：${names}。`,
    inside: (name) => `属于：${name}。`,
    blank: '尚未确定',
  },
}
