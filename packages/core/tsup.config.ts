import { library } from '../../scripts/lib/tsup.ts'

export default library({
  index: 'src/index.ts',
  machines: 'src/machines.ts',
  'conformance/index': 'src/conformance/index.ts',
})
