import { say } from '../said.ts'

// What several sections say of a row that cannot be used.
export const correctIt = say('correct it', '请更正')
export const correctTime = say('correct one of the times', '请更正其中一个时间')
export const correctDay = say('correct one of the days', '请更正其中一个日期')
export const noAccount = say('the account files do not have this account', '客户文件中没有该客户')
export const noCurrency = say('not an ISO 4217 currency', '不是ISO 4217规定的币种代码')
export const writeCurrency = say('write a code such as CNY, EUR or USD', '请填写币种代码，如CNY、EUR或USD')
export const correctDecimal = say('correct it, or `decimal` in the mapping', '请更正，或更正映射中的decimal')
export const noAnswer = say('neither yes nor no', '既不是“是”也不是“否”')
export const listAnswer = say('correct it, or list the word under `yes` or `no`', '请更正，或将该词列入映射的yes或no')
export const ownName = say('give each its own', '请分别命名')
export const noNumber = say('not a number', '不是数字')
export const fieldBlank = say('the field is blank', '该栏为空')
export const fillIn = say('fill it in', '请填写')
export const shortenIt = say('shorten it', '请缩短')
