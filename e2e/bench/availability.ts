import { loadProgram } from './load-program.ts';
import { hand } from './row.ts';

// Controllers that are killed under load, and an API server that is away.

const NOTE =
  'Three controllers, each a process of its own, on an API server of its own; no kubelet, scheduler or garbage ' +
  'collector: the load program says at once of pods that they are ready or over, answers for all runtimes, and starts ' +
  'a controller that ended anew. So that many kills fit into some minutes, the lease of a leader that was killed under ' +
  'load is taken away at once.';

hand(loadProgram('AvailabilityBench').map((row) => ({ ...row, note: NOTE })));
