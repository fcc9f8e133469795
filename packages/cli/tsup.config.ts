import { library } from '../../scripts/lib/tsup.ts'

export default library({ index: 'src/index.ts', bin: 'src/bin.ts' })
