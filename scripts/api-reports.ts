// `pnpm api:update` writes the public surface of every package to api/. A change there is a change for users: it belongs in the review.
import { apiReports, saveReport } from './lib/api.ts'
import { repoPath } from './lib/workspace.ts'

for (const report of apiReports()) {
  for (const problem of report.problems) process.stderr.write(`· ${problem}\n`)
  if (report.committed === report.current) continue
  saveReport(report)
  process.stdout.write(`${report.committed === undefined ? 'wrote' : 'updated'} ${repoPath(report.path)}\n`)
}
