import { homeOf, nativeFields, objects, type Names, type ObjectName } from '../schema.ts'
import { fieldsOf, fieldXml, listViews, objectXml, recordTypesOf, recordTypeXml, validationXml } from './objects.ts'
import { layoutXml, permissionSets, permissionSetXml, tabbed, tabXml } from './people.ts'
import { fieldTranslations, objectTranslation } from './translations.ts'
import { metadataXml } from './xml.ts'

/** A file of an SFDX project, or of a package to deploy. */
export interface MetadataFile {
  readonly path: string
  readonly content: string
}

const root = 'force-app/main/default'
const ownObjects = Object.keys(objects) as ObjectName[]
const native = Object.keys(nativeFields) as (keyof typeof nativeFields)[]

/**
 * Everything that the adapter needs in an org, as source files of an SFDX project: made from the constants that the mapping writes by.
 *
 * @example
 * ```ts
 * projectFiles(namesOf('Kag')).some(({ path }) => path.endsWith('/KagEvent__c/fields/EventKey__c.field-meta.xml')) // => true
 * ```
 */
export function projectFiles(names: Names, apiVersion = '66.0'): readonly MetadataFile[] {
  const file = (path: string, type: string, content: Parameters<typeof metadataXml>[1]): MetadataFile => ({
    path: `${root}/${path}`,
    content: metadataXml(type, content),
  })
  return [
    {
      path: 'sfdx-project.json',
      content: `${JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], name: 'ka-governance', namespace: '', sourceApiVersion: apiVersion }, null, 2)}\n`,
    },
    ...ownObjects.flatMap((object) => {
      const api = names.object(object)
      const spec = objects[object]
      return [
        file(`objects/${api}/${api}.object-meta.xml`, 'CustomObject', objectXml(spec)),
        ...fieldsOf(object, names).map(([field, f]) =>
          file(`objects/${api}/fields/${field}.field-meta.xml`, 'CustomField', fieldXml(field, f, names)),
        ),
        ...spec.validation.map((rule) =>
          file(
            `objects/${api}/validationRules/${rule.name}.validationRule-meta.xml`,
            'ValidationRule',
            validationXml(object, rule),
          ),
        ),
        ...recordTypesOf(object).map((type) =>
          file(`objects/${api}/recordTypes/${type.name}.recordType-meta.xml`, 'RecordType', recordTypeXml(type)),
        ),
        ...(listViews(names)[object] ?? []).map((view) =>
          file(`objects/${api}/listViews/${view.fullName}.listView-meta.xml`, 'ListView', view),
        ),
        file(`layouts/${api}-${spec.label.en} Layout.layout-meta.xml`, 'Layout', layoutXml(object, names)),
        ...translated(object, api, names, file),
      ]
    }),
    ...native.flatMap((object) => [
      ...fieldsOf(object, names).map(([field, f]) =>
        file(`objects/${homeOf(object)}/fields/${field}.field-meta.xml`, 'CustomField', fieldXml(field, f, names)),
      ),
      // The labels of activities are translated elsewhere, and this one is for nobody's eyes.
      ...(homeOf(object) === object ? translated(object, object, names, file) : []),
    ]),
    ...tabbed.map((object) => file(`tabs/${names.object(object)}.tab-meta.xml`, 'CustomTab', tabXml())),
    ...permissionSets.map((set) =>
      file(`permissionsets/${names.prefix}${set}.permissionset-meta.xml`, 'PermissionSet', permissionSetXml(set, names)),
    ),
  ]
}

function translated(
  object: ObjectName | keyof typeof nativeFields,
  api: string,
  names: Names,
  file: (path: string, type: string, content: Parameters<typeof metadataXml>[1]) => MetadataFile,
): readonly MetadataFile[] {
  const folder = `objectTranslations/${api}-zh_CN`
  return [
    file(`${folder}/${api}-zh_CN.objectTranslation-meta.xml`, 'CustomObjectTranslation', objectTranslation(object)),
    ...fieldTranslations(object, names).map(([field, content]) =>
      file(`${folder}/${field}.fieldTranslation-meta.xml`, 'CustomFieldTranslation', content),
    ),
  ]
}
