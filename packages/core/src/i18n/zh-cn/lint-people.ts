import type { LintTexts, LintWords, PeopleData } from '../../policy/index.ts'

const orElse = (near: string | null, w: LintWords, otherwise: string): string =>
  near === null ? otherwise : `是否为${w.name(near)}？`

export const peopleTexts: Pick<LintTexts, keyof PeopleData> = {
  timeZoneUnknown: (_, w) => ['系统不识别该时区', `填写标准时区名称，例如${w.name('Asia/Shanghai')}`],
  currencyUnknown: ({ currency }, w) => [`${w.name(currency)}不是流通货币`, `填写三位标准货币代码，例如${w.name('CNY')}`],
  calendarUnknown: ({ calendar, near, known }, w) => [
    `没有工作日历${w.name(calendar)}`,
    orElse(near, w, `可选：${w.names(known)}`),
  ],
  calendarUnused: (_, w) => ['没有地区使用该工作日历', `加入${w.place('calendar.byRegion')}，或者删除`],
  weekWithoutHours: () => ['一周之中没有工作时间', '至少为一个工作日填写工作时间'],
  holidaysMissing: ({ from, to, since, until }, w) => [
    `法定节假日只覆盖${w.date(from)}至${w.date(to)}，而需要计算${w.date(since)}至${w.date(until)}`,
    '补充这些年份的法定节假日，否则到期时间都是暂定的',
  ],
  currencyDiffers: ({ currency, policy }, w) => [
    `制度的币种为${w.name(policy)}，此处为${w.name(currency)}`,
    `改用${w.name(policy)}`,
  ],
  rateToItself: () => ['同一币种之间的汇率', '删除'],
  rateTwice: ({ from, to, since }, w) => [`${w.date(since)}起从${w.name(from)}到${w.name(to)}有两个汇率`, '删除其中一个'],
  rateOfStrangers: ({ currency }, w) => [`两边都不是${w.name(currency)}，而汇率从不连续换算`, `填写对${w.name(currency)}的汇率`],
  notACommand: (_, w) => ['不是一项操作', `填写流程和操作的名称，例如${w.name('complaint.forward')}`],
  departmentUnknown: ({ department, near }, w) => [
    `没有部门${w.name(department)}`,
    orElse(near, w, '在部门列表中增加，或者填写已有部门的角色'),
  ],
  roleUnknown: ({ role, near }, w) => [
    `${w.name(role)}既不是部门，也不是规定的角色`,
    orElse(near, w, '在部门列表中增加，或者填写已有部门的角色'),
  ],
  roleWithoutHolder: ({ role }, w) => [`人员名单中没有人担任${w.name(role)}`, '为名单中的一人指定该角色'],
  roleNotTold: ({ role }, w) => [`人员名单中没有人担任${w.name(role)}`, '为一人指定该角色，或者改为通知其他角色'],
  roleForSomeAccounts: ({ role }, w) => [
    `担任${w.name(role)}的人员只负责指定客户，其他客户无人决定`,
    '将该角色交给一位不限客户的人员',
  ],
  superiorMissing: ({ role }, w) => [`提醒应当通知上级领导，但这位${w.name(role)}没有上级领导`, '指定上级领导'],
  countMissing: () => ['没有填写需要几人通过', '填写人数，例如3'],
  countMeaningless: ({ mode }, w) => [`${w.name(mode)}方式下人数没有意义`, `删除人数，或者改为${w.name('nOfM')}`],
  escalationMissing: () => ['审批超时只上报、不代为决定，但没有填写上报给谁', '填写上报对象'],
  timeoutMissing: () => ['没有填写审批时限，上报永远不会发生', '填写审批时限，或者删除上报对象'],
  quorumUnreachable: ({ n, electors }, w) => [
    `需要${w.number(n)}人通过，但人员名单中只有${w.number(electors)}位审批人`,
    `不超过${w.number(electors)}人，或者增加审批人`,
  ],
  departmentsShareVoter: ({ departments, voters }, w) => [
    `${w.names(departments)}各有一票，但连同替补合计只有${w.number(voters)}位表决人`,
    '为每个部门安排自己的表决人，或者增加一位替补角色的人员',
  ],
  quorumWhileAway: ({ n, electors, stage, since, until }, w) => [
    `${w.date(since)}至${w.date(until)}期间，审批环节${w.name(stage)}只有${w.number(electors)}人可以表决，而需要${w.number(n)}人：本环节的审批人不能再代他人表决`,
    '委托给在该环节没有表决权的人员',
  ],
  stageTwice: ({ stage }, w) => [`两个审批环节使用同一编号${w.name(stage)}`, '使用不同的编号'],
  notADepartment: ({ role }, w) => [`${w.name(role)}不属于任何部门，而此处由各部门会签`, '填写部门或部门负责人'],
  personUnknown: ({ person, near }, w) => [`人员名单中没有${w.name(person)}`, orElse(near, w, '更正编号，或者增加该人员')],
  ownSuperior: ({ person }, w) => [`${w.name(person)}是自己的上级，上报没有终点`, '指定其他上级领导'],
  delegationToSelf: () => ['委托给本人', '填写其他人员'],
  delegationBackwards: () => ['委托在开始之前已经结束', '对调开始和结束日期'],
  delegationOver: ({ until, from }, w) => [
    `委托于${w.date(until)}结束，早于制度生效日期（${w.date(from)}）`,
    '删除该委托，或者更正日期',
  ],
}
