/** An element's content: text, elements, or the same element several times. */
export type Xml = string | number | boolean | { readonly [element: string]: Xml | readonly Xml[] | undefined }

const namespace = 'http://soap.sforce.com/2006/04/metadata'

const escapes: { readonly [c: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)

/**
 * A document of the Metadata API. Elements come in the order of its schema: the full name first, the others by the alphabet.
 */
export function metadataXml(root: string, content: { readonly [element: string]: Xml | readonly Xml[] | undefined }): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">\n${children(content, '    ')}</${root}>\n`
}

function children(content: { readonly [element: string]: Xml | readonly Xml[] | undefined }, indent: string): string {
  return Object.entries(content)
    .sort(([a], [b]) => (a === b ? 0 : a === 'fullName' ? -1 : b === 'fullName' ? 1 : a < b ? -1 : 1))
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : isList(value)
          ? value.map((each) => element(name, each, indent))
          : [element(name, value, indent)],
    )
    .join('')
}

function element(name: string, value: Xml, indent: string): string {
  if (typeof value !== 'object') return `${indent}<${name}>${escaped(String(value))}</${name}>\n`
  return `${indent}<${name}>\n${children(value, `${indent}    `)}${indent}</${name}>\n`
}

const isList = (value: Xml | readonly Xml[]): value is readonly Xml[] => Array.isArray(value)
