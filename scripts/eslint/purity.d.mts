import type { Linter } from 'eslint'

export declare const impureFiles: readonly string[]
export declare const everywhere: readonly { readonly selector: string; readonly message: string }[]
export declare const purity: readonly Linter.Config[]
export declare const outside: Linter.Config
