// The gate gives the same answer for the same tree: properties run from a fixed seed. `pnpm explore` runs them from a new one, which a failure prints;
// FC_SEED=<number> repeats it.
import fc from 'fast-check'

const asked = process.env['FC_SEED']
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20_261_121) })
