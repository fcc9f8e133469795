import { formatEffect } from '@ka-governance/core'
import * as machines from '@ka-governance/core/machines'
import { existsSync, mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { packageFiles } from '../src/metadata/package.ts'
import { permissionSets } from '../src/metadata/people.ts'
import { projectFiles } from '../src/metadata/project.ts'
import { namesOf, objects, recordTypes, type FieldSpec, type ObjectName } from '../src/schema.ts'
import { rulesOf } from './fake/objects.ts'

const wsdl = fileURLToPath(new URL('../../../../shared/fixtures/salesforce/jsforce-wsdl/metadata-47.wsdl', import.meta.url))
const files = projectFiles(namesOf('Kag'))

/** The schema inside of the description of the Metadata API, with a root element for every kind of file we write. */
function schemaOf(text: string): string {
  const schema = /<xsd:schema[\s\S]*?<\/xsd:schema>/.exec(text)?.[0]
  if (schema === undefined) throw new Error('no schema in the description')
  const roots = [
    'CustomObject',
    'CustomField',
    'ValidationRule',
    'ListView',
    'Layout',
    'CustomObjectTranslation',
    'CustomFieldTranslation',
    'CustomTab',
    'PermissionSet',
    'RecordType',
    'Package',
  ]
  const elements = roots.map((root) => `<xsd:element name="${root}" type="tns:${root}"/>`).join('')
  return schema
    .replace(
      '<xsd:schema',
      '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://soap.sforce.com/2006/04/metadata"',
    )
    .replace(/(<xsd:schema[^>]*?)(\sxmlns:xsd="[^"]*")([^>]*?)\sxmlns:xsd="[^"]*"/, '$1$2$3')
    .replace('</xsd:schema>', `${elements}</xsd:schema>`)
}

describe('the metadata', () => {
  test.skipIf(!existsSync(wsdl))(
    'fits the schema of the Metadata API, file by file (skipped: no description beside the project)',
    async () => {
      const schema = schemaOf(readFileSync(wsdl, 'utf8'))
      const result = await validateXML({
        xml: files
          .filter(({ path }) => path.endsWith('.xml'))
          .map(({ path, content }) => ({ fileName: path.replaceAll('/', '_').replaceAll(' ', '_'), contents: content })),
        schema: [schema],
      })
      expect(result.errors.map(({ message }) => message)).toEqual([])
      expect(result.valid).toBe(true)
    },
  )

  test('a wrong element would be found', async () => {
    if (!existsSync(wsdl)) return
    const xml =
      files
        .find(({ path }) => path.endsWith('EventKey__c.field-meta.xml'))
        ?.content.replace('<unique>', '<uniq>')
        .replace('</unique>', '</uniq>') ?? ''
    const { valid } = await validateXML({
      xml: [{ fileName: 'field.xml', contents: xml }],
      schema: [schemaOf(readFileSync(wsdl, 'utf8'))],
    })
    expect(valid).toBe(false)
  })

  test('converts to a package without an org, and the package holds everything', async () => {
    const { ComponentSet, MetadataConverter } = await import('@salesforce/source-deploy-retrieve')
    const folder = mkdtempSync(join(tmpdir(), 'kag-'))
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const set = ComponentSet.fromSource(join(folder, 'force-app'))
    const out = join(folder, 'out')
    await new MetadataConverter().convert(set, 'metadata', { type: 'directory', outputDirectory: out, genUniqueDir: false })
    const list = readFileSync(join(out, 'package.xml'), 'utf8')
    const ours = packageFiles(namesOf('Kag')).find(({ path }) => path === 'package.xml')?.content ?? ''
    for (const name of Object.keys(objects)) {
      expect(list).toContain(`<members>Kag${name}__c</members>`)
      expect(ours).toContain(`<members>Kag${name}__c</members>`)
    }
    for (const type of Object.values(recordTypes))
      for (const packaged of [list, ours]) expect(packaged).toContain(`<members>KagInstance__c.${type.name}</members>`)
    for (const set_ of ['KagIntegration', 'KagRecords', 'KagAdmin', 'KagAgent', 'KagPrivacy'])
      expect(list).toContain(`<members>${set_}</members>`)
  }, 60_000)

  test('every field of the mapping is there, with its length and flags', () => {
    for (const object of Object.keys(objects) as ObjectName[])
      for (const [field, spec] of Object.entries(objects[object].fields as { readonly [f: string]: FieldSpec })) {
        const xml = files.find(({ path }) => path.endsWith(`objects/Kag${object}__c/fields/${field}__c.field-meta.xml`))?.content
        expect(xml, `${object}.${field}`).toContain(`<fullName>${field}__c</fullName>`)
        expect(xml).toContain(`<type>${spec.type}</type>`)
        if ('length' in spec) expect(xml).toContain(`<length>${String(spec.length)}</length>`)
        if ('unique' in spec) expect(xml).toMatch(/<caseSensitive>true<\/caseSensitive>[\s\S]*<unique>true<\/unique>/)
        expect(xml).not.toContain('undefined')
      }
  })

  test('nobody may change or delete the journal, and only the service may write it', () => {
    for (const set of ['Integration', 'Admin', 'Agent']) {
      const xml = files.find(({ path }) => path.endsWith(`Kag${set}.permissionset-meta.xml`))?.content ?? ''
      const event =
        [...xml.matchAll(/<objectPermissions>[\s\S]*?<\/objectPermissions>/g)]
          .map(([text]) => text)
          .find((text) => text.includes('KagEvent__c')) ?? ''
      expect(event).toContain('<allowEdit>false</allowEdit>')
      expect(event).toContain('<allowDelete>false</allowDelete>')
      expect(event).toContain(`<allowCreate>${String(set === 'Integration')}</allowCreate>`)
    }
  })

  const setNamed = (set: string): string =>
    files.find(({ path }) => path.endsWith(`Kag${set}.permissionset-meta.xml`))?.content ?? ''
  const rightsIn = (set: string, object: string): string | undefined =>
    [...setNamed(set).matchAll(/<objectPermissions>[\s\S]*?<\/objectPermissions>/g)]
      .map(([text]) => text)
      .find((text) => text.includes(`<object>${object}</object>`))

  test('texts of customers are read by the service and by who answers for them, and by nobody else', () => {
    const readers = permissionSets.filter(
      (set) => rightsIn(set, 'KagDocument__c') !== undefined || setNamed(set).includes('KagDocument__c.'),
    )
    expect(readers).toEqual(['Integration', 'Privacy'])
    const privacy = rightsIn('Privacy', 'KagDocument__c')
    expect(privacy).toContain('<viewAllRecords>true</viewAllRecords>')
    for (const right of ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords'])
      expect(privacy).toContain(`<${right}>false</${right}>`)
    expect([...setNamed('Privacy').matchAll(/<object>/g)]).toHaveLength(1)
  })

  test('what the service does to accounts, cases and tasks is a set apart, with no more than that', () => {
    expect(rightsIn('Records', 'Account')).toMatch(/<allowCreate>false[\s\S]*<allowDelete>false[\s\S]*<allowEdit>true/)
    expect(rightsIn('Records', 'Case')).toMatch(/<allowCreate>true[\s\S]*<allowDelete>false[\s\S]*<allowEdit>true/)
    for (const object of ['Account', 'Case'])
      expect(rightsIn('Records', object)).toMatch(/<modifyAllRecords>false[\s\S]*<viewAllRecords>true/)
    expect([...setNamed('Records').matchAll(/<name>(\w+)<\/name>/g)].map(([, name]) => name)).toEqual([
      'ActivitiesAccess',
      'EditTask',
    ])
    for (const set of ['Integration', 'Admin', 'Agent', 'Privacy']) {
      expect(rightsIn(set, 'Account')).toBeUndefined()
      expect(setNamed(set)).not.toContain('<userPermissions>')
    }
  })

  test('every kind of instance has a record type in both languages, under a name of its own', () => {
    expect(Object.keys(recordTypes).sort()).toEqual(
      Object.values(machines)
        .map(({ id }) => id)
        .sort(),
    )
    for (const [kind, { label }] of Object.entries(recordTypes))
      expect(formatEffect({ type: 'command', params: { kind, command: { type: 'adopt' } } }, 'zh-CN')).toContain(label['zh-CN'])
    const labels = Object.values(recordTypes).map(({ label }) => label.en)
    expect(new Set(labels).size).toBe(labels.length)
    const translation = files.find(({ path }) => path.endsWith('KagInstance__c-zh_CN.objectTranslation-meta.xml'))?.content
    for (const { name, label } of Object.values(recordTypes)) {
      expect(translation).toContain(`<label>${label['zh-CN']}</label>`)
      for (const set of ['Integration', 'Admin', 'Agent'])
        expect(setNamed(set)).toContain(`<recordType>KagInstance__c.${name}</recordType>`)
    }
  })

  test('every label is there in Chinese', () => {
    const translations = files.filter(({ path }) => path.includes('objectTranslations/'))
    const fields = Object.values(objects).reduce((sum, { fields: list }) => sum + Object.keys(list).length, 0)
    expect(translations.filter(({ path }) => path.includes('.fieldTranslation')).length).toBeGreaterThan(fields)
    for (const { path, content } of translations)
      expect(content, path).toMatch(/\p{Script=Han}|<CustomObjectTranslation[^>]*>\s*<\/CustomObjectTranslation>/u)
  })

  test('the fake obeys the rules that the metadata has', () => {
    for (const object of Object.keys(objects) as ObjectName[])
      expect(rulesOf[object]?.length ?? 0).toBe(objects[object].validation.length)
  })

  test('a prefix of one’s own goes through everything', () => {
    const other = projectFiles(namesOf('Acme'))
    expect(other.some(({ path }) => path.includes('AcmeEvent__c'))).toBe(true)
    expect(other.filter(({ content }) => content.includes('KagEvent__c') || content.includes('KagInstance__c'))).toEqual([])
  })
})
