import { apiReports as reports } from '../lib/api.ts'
import { difference } from '../lib/difference.ts'
import { repoPath } from '../lib/workspace.ts'
import { outcomeOf, type Check, type Step } from './step.ts'

export const apiReports: Step = {
  name: 'api',
  what: 'the public surface is the one committed in api/ (accept a change with `pnpm api:update`)',
  needsBuild: true,
  run: () =>
    outcomeOf(
      reports().flatMap((report): readonly Check[] => [
        {
          name: repoPath(report.path),
          problem:
            report.committed === undefined
              ? 'is not committed'
              : report.committed === report.current
                ? undefined
                : difference(report.committed, report.current),
        },
        { name: `surface of ${report.specifier}`, problem: report.problems.length > 0 ? report.problems.join('\n') : undefined },
      ]),
    ),
}
