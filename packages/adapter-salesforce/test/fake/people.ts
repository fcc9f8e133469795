import type { FakeField, FakeObject } from './org.ts'
import { governedObjects } from './objects.ts'
import { createFakeSalesforce, type FakeSalesforce } from './server.ts'

const text: FakeField = { type: 'string' }
const flag: FakeField = { type: 'boolean' }
const to = (referenceTo: string, relationshipName?: string): FakeField => ({
  type: 'reference',
  referenceTo,
  ...(relationshipName === undefined ? {} : { relationshipName }),
})

/** Users and what they belong to, as far as a directory reads it. */
export const peopleObjects: { readonly [name: string]: FakeObject } = {
  User: {
    keyPrefix: '005',
    fields: {
      Name: text,
      IsActive: flag,
      FederationIdentifier: { type: 'string', unique: true, caseSensitive: true },
      LanguageLocaleKey: text,
      Nickname__c: text,
      ManagerId: to('User'),
      UserRoleId: to('UserRole'),
    },
  },
  UserRole: { keyPrefix: '00E', fields: { DeveloperName: text, ParentRoleId: to('UserRole'), PortalType: text } },
  Group: { keyPrefix: '00G', fields: { DeveloperName: text, Type: text, RelatedId: to('UserRole', 'Related') } },
  GroupMember: { keyPrefix: '011', fields: { GroupId: to('Group'), UserOrGroupId: { type: 'id' } } },
  PermissionSet: { keyPrefix: '0PS', fields: { Name: text } },
  PermissionSetGroup: { keyPrefix: '0PG', fields: { DeveloperName: text } },
  PermissionSetGroupComponent: {
    keyPrefix: '0PC',
    fields: { PermissionSetGroupId: to('PermissionSetGroup'), PermissionSetId: to('PermissionSet') },
  },
  PermissionSetAssignment: {
    keyPrefix: '0Pa',
    fields: {
      AssigneeId: to('User'),
      PermissionSetId: to('PermissionSet'),
      PermissionSetGroupId: to('PermissionSetGroup'),
      IsActive: flag,
      ExpirationDate: { type: 'datetime' },
    },
  },
  AccountTeamMember: { keyPrefix: '01M', fields: { AccountId: to('Account'), UserId: to('User'), TeamMemberRole: text } },
  Delegation__c: {
    keyPrefix: 'a90',
    fields: {
      From__c: to('User', 'From__r'),
      To__c: to('User', 'To__r'),
      Since__c: { type: 'date' },
      Until__c: { type: 'date' },
      SinceAt__c: { type: 'datetime' },
      UntilAt__c: { type: 'datetime' },
      Approved__c: flag,
    },
  },
}

/** An org with people in it, beside everything that is governed. */
export function createPeopledFake(): FakeSalesforce {
  const governed = governedObjects()
  const account = governed['Account']
  if (account === undefined) throw new Error('no accounts')
  const fields = { ...account.fields, OwnerId: to('User'), Kam__c: to('User', 'Kam__r'), Slug__c: { ...text, externalId: true } }
  return createFakeSalesforce({ objects: { ...governed, ...peopleObjects, Account: { ...account, fields } } })
}
