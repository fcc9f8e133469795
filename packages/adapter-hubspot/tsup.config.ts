import { library } from '../../scripts/lib/tsup.ts'

export default library({ index: 'src/index.ts' })
