import { loadProgram } from './load-program.ts';
import { hand } from './row.ts';

// The controller under load.

const NOTE =
  'An API server of its own, with its etcd on this disk and synced; no kubelet, scheduler or garbage collector: ' +
  "the load program says at once of pods that they are ready or over, and answers for all runtimes. 'Refilled': " +
  'so is the pool of idle pods, in the same time.';

hand(loadProgram('ControlPlaneBench').map((row) => ({ ...row, note: NOTE })));
