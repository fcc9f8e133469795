import { longText, namesOf, nativeFields, objects, recordTypes, type FieldSpec, type ObjectName } from '../../src/schema.ts'
import { createdBy, modifiedBy, type FakeField, type FakeObject, type FakeRule } from './org.ts'
import type { FakeRow } from './soql.ts'

/** Roles of account teams, as an administrator has set them up. */
const teamRoles = ['Account Manager', 'Marketing', 'Product Manager', 'Service', 'Executive Sponsor']
/** Written by the platform alone. */
const readOnly = { type: 'boolean', createable: false, updateable: false } as const

/** An org with our metadata deployed, and the objects of the CRM that the tests need. */
export function governedObjects(
  prefix = 'Kag',
  extra: { readonly [object: string]: Partial<FakeObject> } = {},
): { readonly [name: string]: FakeObject } {
  const names = namesOf(prefix)
  const own = Object.fromEntries(
    (Object.keys(objects) as ObjectName[]).map((name, k): [string, FakeObject] => {
      const spec = objects[name]
      return [
        names.object(name),
        {
          keyPrefix: `a0${String(k)}`,
          autoNumber: spec.autoNumber,
          fields: {
            ...Object.fromEntries(
              Object.entries(spec.fields as { readonly [f: string]: FieldSpec }).map(([field, f]) => [
                `${field}__c`,
                fakeField(f, field, names.object('Instance')),
              ]),
            ),
            ...(name === 'Command' ? { CreatedById: createdBy, ...modifiedBy } : {}),
            ...(name === 'Instance'
              ? { RecordTypeId: { type: 'reference', referenceTo: 'RecordType', relationshipName: 'RecordType' } as const }
              : {}),
          },
          rules: rulesOf[name] ?? [],
          ruleNames: spec.validation.map((rule) => rule.name),
          ...(name === 'Instance'
            ? { recordTypes: Object.fromEntries(Object.values(recordTypes).map((type) => [type.name, true])) }
            : {}),
          updateable: true,
          deletable: spec.rights.delete,
        },
      ]
    }),
  )
  const native = (object: keyof typeof nativeFields): { readonly [f: string]: FakeField } =>
    Object.fromEntries(
      Object.entries(nativeFields[object] as { readonly [f: string]: FieldSpec }).map(([field, f]) => [
        `${prefix}${field}__c`,
        fakeField(f, field, ''),
      ]),
    )
  const base: { readonly [name: string]: FakeObject } = {
    ...own,
    Account: {
      keyPrefix: '001',
      fields: {
        Name: { type: 'string', required: true },
        ParentId: { type: 'reference', referenceTo: 'Account' },
        Region__c: { type: 'string' },
        Type: { type: 'string' },
        ...native('Account'),
      },
    },
    Case: {
      keyPrefix: '500',
      fields: {
        Subject: { type: 'string' },
        Status: { type: 'picklist', values: ['New', 'Working', 'Closed'] },
        AccountId: { type: 'reference', referenceTo: 'Account' },
        ...native('Case'),
      },
    },
    User: {
      keyPrefix: '005',
      fields: {
        Name: { type: 'string', required: true },
        FederationIdentifier: { type: 'string', unique: true, caseSensitive: true },
        LanguageLocaleKey: { type: 'string' },
      },
    },
    Task: {
      keyPrefix: '00T',
      fields: {
        Subject: { type: 'string' },
        Description: { type: 'textarea', length: 32_000 },
        ActivityDate: { type: 'date' },
        OwnerId: { type: 'reference', referenceTo: 'User' },
        WhatId: { type: 'reference' },
        Status: { type: 'picklist', values: ['Not Started', 'Completed'], preset: 'Not Started' },
        Priority: { type: 'picklist', values: ['High', 'Normal', 'Low'], preset: 'Normal' },
        ...native('Task'),
      },
    },
    // Account teams: one row a user, whoever makes another one; only the role and the rights are changed afterwards.
    AccountTeamMember: {
      keyPrefix: '01M',
      fields: {
        AccountId: { type: 'reference', referenceTo: 'Account', relationshipName: 'Account', required: true, updateable: false },
        UserId: { type: 'reference', referenceTo: 'User', relationshipName: 'User', required: true, updateable: false },
        TeamMemberRole: { type: 'picklist', values: teamRoles },
        AccountAccessLevel: { type: 'picklist', values: ['Read', 'Edit', 'All'], preset: 'Read' },
        CaseAccessLevel: { type: 'picklist', values: ['None', 'Read', 'Edit'], preset: 'None' },
        ContactAccessLevel: { type: 'picklist', values: ['None', 'Read', 'Edit'], preset: 'None' },
        OpportunityAccessLevel: { type: 'picklist', values: ['None', 'Read', 'Edit'], preset: 'None' },
      },
      mergedBy: ['AccountId', 'UserId'],
    },
    // Entitlement management: milestones are made by its process, never by the API.
    MilestoneType: { keyPrefix: '557', fields: { Name: { type: 'string', required: true } }, createable: false },
    CaseMilestone: {
      keyPrefix: '555',
      fields: {
        CaseId: { type: 'reference', referenceTo: 'Case', required: true },
        MilestoneTypeId: { type: 'reference', referenceTo: 'MilestoneType', required: true },
        StartDate: { type: 'datetime' },
        CompletionDate: { type: 'datetime' },
        IsCompleted: readOnly,
      },
      formulas: (row) => ({ IsCompleted: (row['CompletionDate'] ?? null) !== null }),
      createable: false,
      deletable: false,
    },
    RecordType: { keyPrefix: '012', fields: { Name: { type: 'string', externalId: true }, SobjectType: { type: 'string' } } },
    // Who may read what, as far as the preflight asks.
    ObjectPermissions: {
      keyPrefix: '110',
      fields: {
        ParentId: { type: 'reference', referenceTo: 'PermissionSet' },
        SobjectType: { type: 'string' },
        PermissionsRead: { type: 'boolean' },
      },
    },
    PermissionSet: {
      keyPrefix: '0PS',
      fields: {
        Name: { type: 'string' },
        Label: { type: 'string' },
        PermissionsViewAllData: { type: 'boolean' },
        ProfileId: { type: 'reference', referenceTo: 'Profile' },
      },
    },
    Profile: { keyPrefix: '00e', fields: { Name: { type: 'string' } } },
    Opportunity: {
      keyPrefix: '006',
      fields: {
        AccountId: { type: 'reference', referenceTo: 'Account' },
        CloseDate: { type: 'date' },
        Amount: { type: 'double' },
        IsWon: { type: 'boolean' },
      },
    },
  }
  return Object.fromEntries(
    Object.entries(base).map(([name, spec]) => {
      const more = extra[name]
      return [
        name,
        {
          ...spec,
          ...more,
          fields: { ...spec.fields, ...more?.fields, ...modifiedBy },
          rules: [...(spec.rules ?? []), ...(more?.rules ?? [])],
        },
      ]
    }),
  )
}

function fakeField(spec: FieldSpec, name: string, instance: string): FakeField {
  switch (spec.type) {
    case 'Text':
      return {
        type: 'string',
        length: spec.length,
        ...(spec.unique === true ? { unique: true, caseSensitive: true } : {}),
        ...(spec.externalId === true ? { externalId: true } : {}),
        ...(spec.required === true ? { required: true } : {}),
        ...(spec.preset === undefined ? {} : { preset: spec.preset }),
      }
    case 'LongTextArea':
      return { type: 'textarea', length: Math.min(spec.length, longText) }
    case 'Number':
      return {
        type: 'double',
        ...(spec.externalId === true ? { externalId: true } : {}),
        ...(spec.required === true ? { required: true } : {}),
      }
    case 'Checkbox':
      return { type: 'boolean' }
    case 'DateTime':
      return { type: 'datetime' }
    case 'Lookup':
      return {
        type: 'reference',
        referenceTo: instance,
        relationshipName: `${name}__r`,
        ...(spec.required === true ? { required: true } : {}),
      }
  }
}

const numberIn = (row: FakeRow | null, field: string): number => (typeof row?.[field] === 'number' ? row[field] : 0)

/** The validation rules of `schema.ts`, in the fake's language; a test compares their names and messages with the metadata. */
export const rulesOf: { readonly [name in ObjectName]?: readonly FakeRule[] } = {
  Instance: [
    (row, before) => {
      const [seq, old] = [numberIn(row, 'Seq__c'), numberIn(before, 'Seq__c')]
      const follows = before === null ? seq === 1 : seq === old || seq === old + 1
      return follows ? null : messageOf('Instance', 'KagEntriesFollow')
    },
    (row, before) =>
      before !== null && numberIn(row, 'VisibleSeq__c') < numberIn(before, 'VisibleSeq__c')
        ? messageOf('Instance', 'KagNeverBackward')
        : null,
  ],
  Event: [(_, before) => (before === null ? null : messageOf('Event', 'KagJournalIsWrittenOnce'))],
  Policy: [(_, before) => (before === null ? null : messageOf('Policy', 'KagPolicyIsImmutable'))],
  Command: [
    (row, before) => {
      const answered = row['Status__c'] !== 'new' || (row['EventKey__c'] ?? null) !== null
      return before === null && answered ? messageOf('Command', 'KagBeginsUnanswered') : null
    },
    (row, before) => {
      if (before === null) return null
      const asked = ['Kind', 'InstanceKey', 'Command', 'ExpectedSeq', 'OnBehalfOf', 'RequestKey'].map((name) => `${name}__c`)
      const done = row['Status__c'] === 'accepted' && (row['EventKey__c'] ?? null) !== null
      const open = before['Status__c'] === 'new' || (before['Status__c'] !== 'accepted' && done)
      const stays = open && asked.every((name) => (row[name] ?? null) === (before[name] ?? null))
      return stays ? null : messageOf('Command', 'KagCommandStays')
    },
  ],
}

function messageOf(object: ObjectName, name: string): string {
  const rule = objects[object].validation.find((each) => each.name === name)
  if (rule === undefined) throw new Error(`no rule ${name}`)
  return rule.message
}
