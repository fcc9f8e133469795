import { homeOf, nativeFields, objects, type Names, type ObjectName } from '../schema.ts'
import { fieldsOf, fieldXml, listViews, objectXml, recordTypesOf, recordTypeXml, validationXml } from './objects.ts'
import { layoutXml, permissionSets, permissionSetXml, tabbed, tabXml } from './people.ts'
import type { MetadataFile } from './project.ts'
import { fieldTranslations, objectTranslation } from './translations.ts'
import { metadataXml } from './xml.ts'

const ownObjects = Object.keys(objects) as ObjectName[]
const native = Object.keys(nativeFields) as (keyof typeof nativeFields)[]
const translated = native.filter((object) => homeOf(object) === object)

/** The same metadata in the form that the Metadata API deploys: whole objects, and a list of everything. */
export function packageFiles(names: Names, apiVersion = '66.0'): readonly MetadataFile[] {
  const translation = (object: ObjectName | keyof typeof nativeFields, api: string): MetadataFile => ({
    path: `objectTranslations/${api}-zh_CN.objectTranslation`,
    content: metadataXml('CustomObjectTranslation', {
      ...objectTranslation(object),
      fields: fieldTranslations(object, names).map(([, content]) => content),
    }),
  })
  const layoutName = (object: ObjectName): string => `${names.object(object)}-${objects[object].label.en} Layout`
  const members: { readonly [type: string]: readonly string[] } = {
    CustomObject: ownObjects.map(names.object),
    CustomField: native.flatMap((object) => fieldsOf(object, names).map(([field]) => `${homeOf(object)}.${field}`)),
    CustomObjectTranslation: [...ownObjects.map(names.object), ...translated].map((name) => `${name}-zh_CN`),
    CustomTab: tabbed.map(names.object),
    Layout: ownObjects.map(layoutName),
    PermissionSet: permissionSets.map((set) => `${names.prefix}${set}`),
    RecordType: ownObjects.flatMap((object) => recordTypesOf(object).map(({ name }) => `${names.object(object)}.${name}`)),
  }
  return [
    {
      path: 'package.xml',
      content: metadataXml('Package', {
        types: Object.entries(members).map(([name, list]) => ({ members: [...list].sort(), name })),
        version: apiVersion,
      }),
    },
    ...ownObjects.map((object) => ({
      path: `objects/${names.object(object)}.object`,
      content: metadataXml('CustomObject', {
        ...objectXml(objects[object]),
        fields: fieldsOf(object, names).map(([field, spec]) => fieldXml(field, spec, names)),
        recordTypes: recordTypesOf(object).map(recordTypeXml),
        validationRules: objects[object].validation.map((rule) => validationXml(object, rule)),
        listViews: listViews(names)[object] ?? [],
      }),
    })),
    ...native.map((object) => ({
      path: `objects/${homeOf(object)}.object`,
      content: metadataXml('CustomObject', {
        fields: fieldsOf(object, names).map(([field, spec]) => fieldXml(field, spec, names)),
      }),
    })),
    ...ownObjects.map((object) => translation(object, names.object(object))),
    ...translated.map((object) => translation(object, object)),
    ...ownObjects.map((object) => ({
      path: `layouts/${layoutName(object)}.layout`,
      content: metadataXml('Layout', layoutXml(object, names)),
    })),
    ...tabbed.map((object) => ({ path: `tabs/${names.object(object)}.tab`, content: metadataXml('CustomTab', tabXml()) })),
    ...permissionSets.map((set) => ({
      path: `permissionsets/${names.prefix}${set}.permissionset`,
      content: metadataXml('PermissionSet', permissionSetXml(set, names)),
    })),
  ]
}
