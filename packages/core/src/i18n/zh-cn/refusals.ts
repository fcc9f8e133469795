import type { Catalogue } from '../catalogue.ts'
import { isAnyRole, isNone, partOf } from '../words.ts'

export const refusals: Catalogue['refusals'] = {
  command_not_available: ({ required, actual }, w) =>
    isNone(required)
      ? `任何状态下均不可进行，当前状态为${w.state(actual)}`
      : `须处于${w.any(required, w.state)}，当前状态为${w.state(actual)}`,
  role_required: ({ required, actual }, w) =>
    isNone(required)
      ? '该操作仅由系统进行'
      : `须为${w.any(required, w.role)}，操作人${isNone(actual) ? '没有任何角色' : `为${w.all(actual, w.role)}`}`,
  actor_without_roles: ({ required, actual }, w) =>
    `${w.person(actual)}在此没有任何角色，${isAnyRole(required) ? '须先有角色' : `须为${w.any(required, w.role)}`}`,
  person_barred: ({ actual }, w) => {
    const because = partOf(actual, 'because')
    const why = because === 'named' ? '系被投诉人' : w.value(because)
    return because === null ? `${w.person(actual)}须回避` : `${w.person(partOf(actual, 'person'))}须回避，原因：${why}`
  },
  maker_is_checker: ({ actual }, w) => `${w.person(actual)}是待审内容的经办人`,
  not_an_elector: ({ required, actual }, w) =>
    Array.isArray(required) && required.length > 0
      ? `${w.person(actual)}不是审批人，审批人为${w.all(required, w.person)}`
      : `${w.person(actual)}不是审批人`,
  elector_exists: ({ actual }, w) =>
    `${w.person(partOf(actual, 'person') ?? actual)}已是${w.term(partOf(actual, 'stage'))}环节的审批人`,
  empty_electorate: ({ required }, w) => {
    const [role, electors] = [partOf(required, 'role'), partOf(required, 'electors')]
    const missing = role === null ? `可参与审批的人员，须有${w.value(electors)}人` : `可参与审批的${w.role(role)}`
    return `${w.term(partOf(required, 'stage'))}环节缺少${missing}`
  },
  delegation_invalid: ({ required, actual }, w) =>
    `${w.person(partOf(required, 'from'))}对${w.person(partOf(required, 'to'))}没有有效的委托${actual === null ? '' : `（${w.phrase(actual)}）`}`,
  approval_closed: ({ required, actual }, w) =>
    actual === null
      ? '目前没有进行中的审批'
      : required === 'open' || required === null
        ? `该审批不在进行中，目前为${w.term(actual)}`
        : `${w.approval(actual)}不在进行中，可进行的是${w.any(required, w.approval)}`,
  basis_required: () => '未说明所判断的内容',
  basis_changed: () => '内容在查看之后已有变更',
  version_changed: ({ required, actual }, w) => `所查看的是第${w.value(required)}版，目前已是第${w.value(actual)}版`,
  idempotency_key_reused: ({ actual }, w) => `幂等键${w.value(actual)}此前已用于另一项操作`,
  field_missing: ({ required }, w) => `缺少${w.field(required)}`,
  value_not_allowed: ({ required, actual, remedy }, w) => {
    const field = remedy?.kind === 'change' ? `${w.field(remedy.field)}为` : '所填内容为'
    return Array.isArray(required)
      ? isNone(required)
        ? `${field}${w.term(actual)}，此处不应填写`
        : `${field}${w.term(actual)}，可选：${w.any(required, w.term)}`
      : `${field}${w.term(actual)}，不符合要求，应为：${w.term(required)}`
  },
  value_too_small: ({ required, actual }, w) =>
    `所填为${w.value(actual)}，不得${typeof required === 'string' ? '早于' : '小于'}${w.value(required)}`,
  value_too_large: ({ required, actual }, w) =>
    `所填为${w.value(actual)}，不得${typeof required === 'string' ? '晚于' : '超过'}${w.value(required)}`,
  too_early: ({ rule, required, actual }, w) => {
    const passed = partOf(required, 'passed')
    if (passed !== null) return `${w.term(actual)}环节须等待${w.all(passed, w.term)}环节通过`
    const [limit, given] = w.instants(required, actual)
    return rule === 'mayBackdateReceipt' ? `该受理时间最晚可在${limit}补录，现在为${given}` : `不得早于${limit}，实际为${given}`
  },
  too_late: ({ required, actual }, w) => {
    const [limit, given] = w.instants(required, actual)
    return `不得晚于${limit}，实际为${given}`
  },
  limit_reached: ({ required, actual }, w) => `已达上限：最多${w.value(required)}，现有${w.value(actual)}`,
  not_found_in_instance: ({ required, actual }, w) =>
    isNone(required) ? `没有${w.term(actual)}` : `没有${w.term(actual)}，现有的是${w.all(required, w.term)}`,
  already_done: ({ actual }, w) => {
    const elector = partOf(actual, 'elector')
    if (elector !== null) return `${w.person(elector)}在${w.term(partOf(actual, 'stage'))}环节已经表决`
    return typeof actual === 'string' ? `此前已经办理（${w.value(actual)}）` : '此前已经办理'
  },
  clock_not_running: ({ required, actual }, w) =>
    actual === null ? `${w.clock(required)}未在计时` : `未在计时，目前为${w.term(actual)}`,
  clock_not_pausable: ({ actual }, w) => `${w.clock(actual)}不可暂停计时`,
  clock_not_paused: () => '当前未暂停计时',
  pause_cap_reached: ({ required, actual }, w) => `已暂停${w.value(actual)}次，累计暂停时长${w.budget(required)}已用完`,
  clock_breached: ({ required, actual }, w) => {
    const [due, now] = w.instants(required, actual)
    return `到期时间为${due}，现在为${now}，已超时`
  },
  open_elsewhere: ({ actual }, w) => `${w.value(actual)}仍在办理中`,
  account_unknown: ({ required, actual }, w) =>
    required === 'facts' ? `没有客户${w.value(actual)}的采购及相关数据` : `客户${w.value(actual)}不在台账中`,
  account_not_active: ({ required, actual }, w) =>
    required === null ? `与该客户的合作关系已结束，当前状态为${w.state(actual)}` : `该客户已合并至${w.value(required)}`,
  quota_exceeded: ({ required, actual }, w) => `将达到${w.value(actual)}家，最多${w.value(required)}家`,
  nothing_to_change: ({ actual }, w) =>
    actual === null
      ? '没有可删除的个人信息'
      : typeof actual === 'number'
        ? `与第${w.value(actual)}版项目基准相同`
        : `${w.tier(actual)}与现有内容相同`,
  rate_missing: ({ required }, w) =>
    `缺少${w.value(partOf(required, 'date'))}从${w.value(partOf(required, 'from'))}到${w.value(partOf(required, 'to'))}的汇率`,
  condition_open: ({ required, actual }, w) => `条件${w.value(actual)}尚未满足，期限为${w.instant(required)}`,
  approval_missing: ({ required, actual }, w) => {
    const [limit, given] = [w.money(required), w.money(actual)]
    return limit === null || given === null ? '尚未通过审批' : `${given}的赔付尚未通过审批，未经审批最多${limit}`
  },
  baseline_changed: ({ required, actual }, w) => `变更在第${w.value(required)}版项目基准上获批，现行为第${w.value(actual)}版`,
  project_unknown: ({ actual }, w) => `项目${w.value(actual)}不在台账中`,
  project_not_active: ({ actual }, w) => `项目没有生效的基准，当前状态为${w.state(actual)}`,
  policy_invalid: ({ required, actual }, w) => {
    const own = partOf(actual, 'own')
    const particulars = Array.isArray(own)
      ? own.join('；').replace(/。$/, '')
      : `英文说明：${w.value(partOf(actual, 'message'))}；${w.value(required)}`
    return `${w.finding(partOf(actual, 'code'))}（${particulars}）`
  },
  policy_not_in_force: ({ required, actual }, w) =>
    required === null
      ? `该制度没有生效的版本${actual === null ? '' : `，所用版本为${w.value(actual)}`}`
      : `现行有效的制度版本为${w.value(required)}${actual === null ? '' : `，而非${w.value(actual)}`}`,
  version_taken: ({ actual }, w) => `版本${w.value(actual)}已登记，内容不同`,
  version_not_above: ({ required, actual }, w) => `版本${w.value(actual)}不高于${w.value(required)}`,
  day_taken: ({ required, actual }, w) => `${w.value(actual)}已被占用：版本${w.value(required)}于当日或之后生效`,
  what_if_missing: ({ required }, w) =>
    required === null ? '该草案没有模拟测算' : `该草案没有与现行版本${w.value(required)}对比的模拟测算`,
  what_if_invalid: ({ required, actual }, w) =>
    required !== null
      ? `模拟测算共${w.value(actual)}个字符，最多保存${w.value(required)}个，请减少列出的客户`
      : actual === ''
        ? '所提交的并非模拟测算的结果'
        : `所提交的并非模拟测算的结果，问题位于${w.value(actual)}`,
  what_if_partial: () => '模拟测算只涉及部分客户，此处须对全部客户进行模拟测算',
  not_movable: ({ parameter, required, actual }, w) =>
    parameter === 'calendars'
      ? `新版本缺少其计时所用的日历${w.value(actual)}`
      : required === 'open'
        ? `已办结，当前状态为${w.state(actual)}`
        : `适用的制度为${w.value(required)}，而非${w.value(actual)}`,
  nothing_differs: () => '可见记录与日志一致',
  not_acceptable: ({ required, actual }, w) => {
    const shown = partOf(actual, 'shown')
    const way = isNone(required) ? '' : `，应办理${w.any(required, w.command)}`
    return `${w.value(partOf(actual, 'field'))}${shown === null ? '的现状' : `改为${w.value(shown)}`}不能直接认可${way}`
  },
}

export const remedies: Catalogue['remedies'] = {
  fill: ({ field }, w) => `请填写${w.field(field)}。`,
  ask: ({ roles }, w) =>
    isNone(roles) ? '无需人工操作。' : isAnyRole(roles) ? '请联系人员名录的维护人赋予角色。' : `请联系${w.any(roles, w.role)}。`,
  wait: ({ until }, w) => `请等到${w.instant(until)}。`,
  send: ({ command }, w) => `下一步：${w.command(command)}。`,
  change: ({ field, to }, w) => (to === null ? `请修改${w.field(field)}。` : `请修改${w.field(field)}，例如改为${w.term(to)}。`),
  reload: () => '请刷新后再查看。',
}
