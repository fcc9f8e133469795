import type { Catalogue } from '../catalogue.ts'

export const approvals: Catalogue['approvals'] = {
  names: {
    extension: '延期审批',
    compensation: '赔付审批',
    dissatisfaction: '客户不满意结案审批',
    review: '部门审核',
    decision: '管理层审批',
    appeal: '申诉审批',
  },
  outcomes: {
    pending: '审批中',
    approved: '已通过',
    rejected: '已驳回',
    sentBack: '已退回',
    blocked: '审批受阻',
    void: '已失效',
  },
  stageStatus: { waiting: '等待中', open: '进行中', passed: '已通过', failed: '未通过' },
  choices: { approve: '通过', reject: '驳回', sendBack: '退回' },
  modes: { any: '或签', all: '会签', nOfM: '多数通过', perDepartment: '各部门会签' },
  stances: { support: '支持', neutral: '中立', concern: '有顾虑' },
  changes: { addApprover: '加签', transfer: '转办', recuse: '回避', replace: '更换审批人' },
  seats: { scheme: '审批方案指定', substitute: '替补', added: '加签', transfer: '转办', replacement: '更换' },
  stages: {
    opinions: '部门意见',
    management: '管理层审批',
    head: '客服部门负责人审批',
    money: '客服与财务审批',
    committee: '管理小组审批',
  },
  delegationFaults: {
    none: '没有委托',
    notInForce: '委托不在有效期内',
    tooLong: '委托层级过多',
    toBarredPerson: '受托人须回避',
    votesForAnother: '已代另一位审批人表决',
    electorOfTheStage: '本人已是该环节的审批人',
  },
}
