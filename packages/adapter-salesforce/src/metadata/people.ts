import { nativeFields, objects, type FieldSpec, type Names, type ObjectName, type ObjectSpec } from '../schema.ts'
import { fieldsOf, recordTypesOf } from './objects.ts'
import type { Xml } from './xml.ts'

type Content = { readonly [element: string]: Xml | readonly Xml[] | undefined }
type Rights = {
  readonly create: boolean
  readonly edit: boolean
  readonly delete: boolean
  /** Reads rows of others. */
  readonly all: boolean
  /** Changes rows of others, which takes every other right. */
  readonly others: boolean
}

/**
 * Who there is: the service itself, with what it does to the CRM's own records in a set apart, since other objects may be mapped; whoever looks after
 * governance; whoever acts in the CRM; and whoever answers for personal data. Nobody else reads texts of customers.
 */
export const permissionSets = ['Integration', 'Records', 'Admin', 'Agent', 'Privacy'] as const
export type PermissionSetName = (typeof permissionSets)[number]

const labels: { readonly [name in PermissionSetName]: string } = {
  Integration: 'Governance integration',
  Records: 'Governance integration: accounts, cases, tasks',
  Admin: 'Governance administrator',
  Agent: 'Governance agent',
  Privacy: 'Governance personal data',
}

const none: Rights = { create: false, edit: false, delete: false, all: false, others: false }

/** Nobody, the service included, may change or delete the journal. */
function rightsOf(set: PermissionSetName, object: ObjectName): Rights | null {
  const { rights, ofPeople = false } = objects[object] as ObjectSpec
  if (set === 'Integration') return { create: true, edit: rights.edit, delete: rights.delete, all: true, others: ofPeople }
  if (set === 'Records') return null
  if (set === 'Privacy') return object === 'Document' ? { ...none, all: true } : null
  if (set === 'Admin')
    return object === 'Document' ? null : { ...none, all: true, ...(object === 'Command' ? { create: true } : {}) }
  if (object === 'Command') return { ...none, create: true }
  return object === 'Instance' || object === 'Event' ? none : null
}

/**
 * What the default mapping does to records of the CRM. It reads all of them: an account that cannot be seen would never be reviewed, a case that cannot be
 * seen would count as deleted.
 */
const ofCrm: { readonly [name in 'Account' | 'Case']: Rights } = {
  Account: { ...none, edit: true, all: true },
  Case: { ...none, create: true, edit: true, all: true },
}
/** Tasks have rights of the user in the place of rights on an object. */
const ofTasks = ['ActivitiesAccess', 'EditTask']

/** Whether people fill the field in; where an object does not say, whoever makes rows does. */
const isAsked = (object: ObjectName, field: string): boolean =>
  (objects[object] as ObjectSpec).asked?.includes(field.replace(/__c$/, '')) !== false

/** Fields that must be filled cannot be granted: they come with the object. */
const grantable = ([, spec]: readonly [string, FieldSpec]): boolean => !('required' in spec)

export function permissionSetXml(set: PermissionSetName, names: Names): Content {
  const own = (Object.keys(objects) as ObjectName[]).flatMap((object) => {
    const rights = rightsOf(set, object)
    return rights === null ? [] : [{ object, rights }]
  })
  const crm = set === 'Records' ? Object.entries(ofCrm).map(([object, rights]) => objectRights(object, rights)) : []
  const seesRecords = set === 'Integration' || set === 'Admin' || set === 'Agent'
  const native = seesRecords ? (Object.keys(nativeFields) as (keyof typeof nativeFields)[]) : []
  return {
    label: labels[set],
    hasActivationRequired: false,
    objectPermissions: [...own.map(({ object, rights }) => objectRights(names.object(object), rights)), ...crm],
    fieldPermissions: [
      ...own.flatMap(({ object, rights }) =>
        fieldsOf(object, names)
          .filter(grantable)
          .map(([field]) => ({
            editable: rights.edit || (rights.create && isAsked(object, field)),
            field: `${names.object(object)}.${field}`,
            readable: true,
          })),
      ),
      ...native.flatMap((object) =>
        fieldsOf(object, names).map(([field]) => ({
          editable: set === 'Integration',
          field: `${object}.${field}`,
          readable: true,
        })),
      ),
    ],
    recordTypeVisibilities: own.flatMap(({ object }) =>
      recordTypesOf(object).map(({ name }) => ({ recordType: `${names.object(object)}.${name}`, visible: true })),
    ),
    tabSettings: own
      .filter(({ object }) => tabbed.includes(object))
      .map(({ object }) => ({ tab: names.object(object), visibility: 'Visible' })),
    userPermissions: set === 'Records' ? ofTasks.map((name) => ({ enabled: true, name })) : [],
  }
}

const objectRights = (object: string, rights: Rights): Xml => ({
  allowCreate: rights.create,
  allowDelete: rights.delete,
  allowEdit: rights.edit,
  allowRead: true,
  modifyAllRecords: rights.others,
  object,
  viewAllRecords: rights.all,
})

/** Objects that people open from a tab. */
export const tabbed: readonly ObjectName[] = ['Instance', 'Effect', 'Command', 'Policy']

export const tabXml = (): Content => ({ customObject: true, motif: 'Custom57: Building Block' })

/** One page an object: what tells, then what the machine keeps. */
export function layoutXml(object: ObjectName, names: Names): Content {
  const fields = fieldsOf(object, names)
  const { asked } = objects[object] as ObjectSpec
  const item = ([field, spec]: readonly [string, FieldSpec]): Xml => ({
    behavior: 'required' in spec ? 'Required' : asked !== undefined && isAsked(object, field) ? 'Edit' : 'Readonly',
    field,
  })
  const isLong = ([, spec]: readonly [string, FieldSpec]): boolean => spec.type === 'LongTextArea'
  const section = (label: string, style: string, columns: readonly (readonly Xml[])[]): Xml => ({
    customLabel: true,
    detailHeading: true,
    editHeading: true,
    label,
    layoutColumns: columns.map((layoutItems) => ({ layoutItems })),
    style,
  })
  const short = fields.filter((field) => !isLong(field))
  const half = Math.ceil(short.length / 2)
  const long = fields.filter(isLong)
  return {
    layoutSections: [
      section('Governance', 'TwoColumnsTopToBottom', [
        [{ behavior: 'Readonly', field: 'Name' }, ...short.slice(0, half).map(item)],
        short.slice(half).map(item),
      ]),
      ...(long.length === 0 ? [] : [section('Kept by the service', 'OneColumn', [long.map(item)])]),
    ],
  }
}
