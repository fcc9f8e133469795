import {
  nativeFields,
  objects,
  recordTypes,
  type FieldSpec,
  type Names,
  type ObjectName,
  type ObjectSpec,
  type RecordTypeSpec,
  type ValidationSpec,
} from '../schema.ts'
import type { Xml } from './xml.ts'

type Content = { readonly [element: string]: Xml | readonly Xml[] | undefined }

/** A field as the Metadata API describes it. Every number of the adapter is a whole one. */
export function fieldXml(apiName: string, spec: FieldSpec, names: Names): Content {
  const base = { fullName: apiName, label: spec.label.en, type: spec.type }
  switch (spec.type) {
    case 'Text':
      return {
        ...base,
        length: spec.length,
        externalId: spec.externalId === true,
        required: spec.required === true,
        unique: spec.unique === true,
        ...(spec.unique === true ? { caseSensitive: true } : {}),
        ...(spec.preset === undefined ? {} : { defaultValue: `"${spec.preset}"` }),
      }
    case 'LongTextArea':
      return { ...base, length: spec.length, visibleLines: 6 }
    case 'Number':
      return {
        ...base,
        precision: 18,
        scale: 0,
        externalId: spec.externalId === true,
        required: spec.required === true,
        unique: false,
      }
    case 'Checkbox':
      return { ...base, defaultValue: false }
    case 'DateTime':
      return { ...base, required: false }
    case 'Lookup':
      return {
        ...base,
        referenceTo: names.object(spec.to),
        relationshipName: `${names.prefix}Entries`,
        required: spec.required === true,
        ...(spec.required === true ? { deleteConstraint: 'Restrict' } : {}),
      }
  }
}

/** A rule with its fields by their API names. */
export function validationXml(object: ObjectName, rule: ValidationSpec): Content {
  const formula = rule.formula.replaceAll(/\{(F|P):(\w+)\}/g, (_, kind: string, field: string) =>
    kind === 'P' ? `PRIORVALUE(${field}__c)` : `${field}__c`,
  )
  return {
    fullName: rule.name,
    active: true,
    description: `${object}: kept by the governance adapter`,
    errorConditionFormula: formula,
    errorMessage: rule.message,
  }
}

/** The object itself; fields, rules and lists are files of their own. */
export function objectXml(spec: ObjectSpec): Content {
  return {
    deploymentStatus: 'Deployed',
    label: spec.label.en,
    pluralLabel: spec.plural.en,
    nameField: { displayFormat: spec.autoNumber, label: 'Number', type: 'AutoNumber' },
    // A journal that everybody may read is none of a company's important customers.
    sharingModel: 'Private',
    enableReports: true,
    enableHistory: false,
    enableSearch: false,
  }
}

/** Record types of an object: of instances, one a kind. */
export const recordTypesOf = (object: ObjectName): readonly RecordTypeSpec[] =>
  object === 'Instance' ? Object.values(recordTypes) : []

export function recordTypeXml({ name, label }: RecordTypeSpec): Content {
  return { fullName: name, active: true, label: label.en }
}

/** What people look at first: what is open, what is due. */
export function listViews(names: Names): {
  readonly [name in ObjectName]?: readonly (Content & { readonly fullName: string })[]
} {
  const f = (name: string): string => `${name}__c`
  const left = ['NAME', 'CREATEDBY_USER', 'CREATED_DATE', f('Kind'), f('InstanceKey'), f('Command'), f('Status')]
  const shown = ['NAME', f('InstanceKey'), f('Kind'), f('State'), f('Owner'), f('DueAt'), f('AccountRef')]
  return {
    Instance: [
      {
        fullName: `${names.prefix}Open`,
        columns: shown,
        filterScope: 'Everything',
        filters: { field: f('Open'), operation: 'equals', value: '1' },
        label: 'Open',
      },
      { fullName: `${names.prefix}All`, columns: shown, filterScope: 'Everything', label: 'All' },
      {
        fullName: `${names.prefix}Blocked`,
        columns: [...shown, f('Blocked')],
        filterScope: 'Everything',
        filters: { field: f('Blocked'), operation: 'notEqual', value: '' },
        label: 'Record refused',
      },
    ],
    Effect: [
      {
        fullName: `${names.prefix}Dead`,
        columns: ['NAME', f('Type'), f('InstanceKey'), f('Attempts')],
        filterScope: 'Everything',
        filters: { field: f('Status'), operation: 'equals', value: 'dead' },
        label: 'Given up',
      },
    ],
    Command: [
      { fullName: `${names.prefix}Mine`, columns: left, filterScope: 'Mine', label: 'Mine' },
      {
        fullName: `${names.prefix}Waiting`,
        columns: [...left, f('Tries')],
        filterScope: 'Everything',
        filters: { field: f('Status'), operation: 'equals', value: 'new' },
        label: 'Without an answer',
      },
      {
        fullName: `${names.prefix}Failed`,
        columns: [...left, f('Tries')],
        filterScope: 'Everything',
        filters: { field: f('Status'), operation: 'equals', value: 'failed' },
        label: 'Failed',
      },
      { fullName: `${names.prefix}All`, columns: left, filterScope: 'Everything', label: 'All' },
    ],
  }
}

/** All fields of an object, or those that the adapter adds to one of the CRM, by API name. */
export function fieldsOf(
  object: ObjectName | keyof typeof nativeFields,
  names: Names,
): readonly (readonly [string, FieldSpec])[] {
  return object in nativeFields
    ? Object.entries(nativeFields[object as keyof typeof nativeFields] as { readonly [f: string]: FieldSpec }).map(
        ([name, spec]) => [`${names.prefix}${name}__c`, spec],
      )
    : Object.entries(objects[object as ObjectName].fields as { readonly [f: string]: FieldSpec }).map(([name, spec]) => [
        `${name}__c`,
        spec,
      ])
}
