import { nativeFields, objects, type Names, type ObjectName } from '../schema.ts'
import { fieldsOf, recordTypesOf } from './objects.ts'
import type { Xml } from './xml.ts'

type Content = { readonly [element: string]: Xml | readonly Xml[] | undefined }

const messages: { readonly [rule: string]: string } = {
  KagEntriesFollow: 'KAG-GAP：同一实例的记录必须连续',
  KagNeverBackward: 'KAG-BACKWARD：可见记录已更新',
  KagJournalIsWrittenOnce: 'KAG-IMMUTABLE：日志记录不得修改',
  KagPolicyIsImmutable: 'KAG-IMMUTABLE：已发布的制度不得修改',
  KagBeginsUnanswered: 'KAG-NEW：新命令不得带有答复',
  KagCommandStays: 'KAG-ANSWERED：已提交的命令和已作出的答复不得修改',
}

/** Everything of ours in Chinese; the labels in the objects themselves are English. */
export function objectTranslation(object: ObjectName | keyof typeof nativeFields): Content {
  if (object in nativeFields) return {}
  const spec = objects[object as ObjectName]
  return {
    caseValues: [
      { plural: false, value: spec.label['zh-CN'] },
      { plural: true, value: spec.plural['zh-CN'] },
    ],
    nameFieldLabel: '编号',
    recordTypes: recordTypesOf(object as ObjectName).map(({ name, label }) => ({ label: label['zh-CN'], name })),
    ...(spec.validation.length === 0
      ? {}
      : { validationRules: spec.validation.map(({ name }) => ({ errorMessage: messages[name] ?? '', name })) }),
  }
}

export function fieldTranslations(
  object: ObjectName | keyof typeof nativeFields,
  names: Names,
): readonly (readonly [string, Content])[] {
  return fieldsOf(object, names).map(([field, spec]) => [field, { label: spec.label['zh-CN'], name: field }])
}
