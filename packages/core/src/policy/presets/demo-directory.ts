import type { PolicyInput } from '../schema.ts'

/**
 * A small static directory that satisfies every electorate of the presets: the five of the KA management group, two company managers, a head
 * and a member of each department, two account managers. For demonstrations and tests; a company connects its own directory.
 */
export const demoDirectory = {
  people: {
    'u-chen': { name: '陈志远 Chen Zhiyuan', roles: ['companyManagement', 'executive'] },
    'u-brandt': { name: 'Katharina Brandt 卡塔琳娜·勃兰特', roles: ['companyManagement', 'executive'], superior: 'u-chen' },
    'u-lin': { name: '林雅琴 Lin Yaqin', roles: ['kaGroup.head', 'kaGroup.member', 'executive'], superior: 'u-chen' },
    'u-wang': { name: '王建国 Wang Jianguo', roles: ['sales.head', 'kaGroup.member'], superior: 'u-lin' },
    'u-novak': { name: 'Petra Novak 佩特拉·诺瓦克', roles: ['marketing.head', 'kaGroup.member'], superior: 'u-lin' },
    'u-zhao': { name: '赵敏 Zhao Min', roles: ['product.head', 'kaGroup.member'], superior: 'u-lin' },
    'u-okafor': { name: 'Daniel Okafor 丹尼尔·奥卡福', roles: ['customerService.head', 'kaGroup.member'], superior: 'u-lin' },
    'u-sun': { name: '孙丽 Sun Li', roles: ['keyAccounts.head', 'keyAccounts'], superior: 'u-lin' },
    'u-meyer': { name: 'Jonas Meyer 约纳斯·迈尔', roles: ['finance.head'], superior: 'u-brandt' },
    'u-he': { name: '何静 He Jing', roles: ['legal.head'], superior: 'u-brandt' },
    'u-tang': { name: '唐工 Tang Wei', roles: ['technical.head'], superior: 'u-zhao' },
    'u-rossi': { name: 'Marco Rossi 马可·罗西', roles: ['production.head'], superior: 'u-brandt' },
    'u-liu': { name: '刘洋 Liu Yang', roles: ['accountManager', 'keyAccounts', 'sales'], superior: 'u-sun' },
    'u-smith': { name: 'Alice Smith 爱丽丝·史密斯', roles: ['accountManager', 'keyAccounts', 'sales'], superior: 'u-sun' },
    'u-huang': { name: '黄晓燕 Huang Xiaoyan', roles: ['serviceRepresentative', 'customerService'], superior: 'u-okafor' },
    'u-garcia': { name: 'Lucía García 露西亚·加西亚', roles: ['serviceRepresentative', 'customerService'], superior: 'u-okafor' },
    'u-wu': { name: '吴桐 Wu Tong', roles: ['marketingSpecialist', 'marketing'], superior: 'u-novak' },
    'u-peters': { name: 'Tom Peters 汤姆·彼得斯', roles: ['productManager', 'product'], superior: 'u-zhao' },
    'u-qian': { name: '钱进 Qian Jin', roles: ['technical'], superior: 'u-tang' },
    'u-weber': { name: 'Sabine Weber 萨比娜·韦伯', roles: ['production'], superior: 'u-rossi' },
    'u-xu': { name: '徐慧 Xu Hui', roles: ['finance'], superior: 'u-meyer' },
    'u-ivanova': { name: 'Olga Ivanova 奥尔加·伊万诺娃', roles: ['legal'], superior: 'u-he' },
  },
} as const satisfies PolicyInput['directory']
