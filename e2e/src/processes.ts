import { readFileSync, readdirSync } from 'node:fs';

const CLOCK_TICKS = 100; // sysconf(_SC_CLK_TCK) on every Linux that matters

/** A process and all that descend from it, by their ids. */
export function treeOf(root: number): number[] {
  const parents = new Map(allProcesses().map((pid) => [pid, parentOf(pid)]));
  const belongs = (pid: number): boolean => {
    for (let current = pid; current > 1; current = parents.get(current) ?? 0)
      if (current === root) return true;
    return false;
  };
  return [...parents.keys()].filter(belongs);
}

/** User and system time that these processes have used. */
export function cpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = statOf(pid);
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / CLOCK_TICKS;
  }, 0);
}

/** Resident memory, shared pages counted by their share. */
export function residentMebibytes(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    return sum + Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  }, 0);
}

export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** The processes in a pod's containers, on the node that is this machine. */
export function processesOfPod(name: string): number[] {
  return allProcesses().filter((pid) => environmentOf(pid).includes(`HOSTNAME=${name}`));
}

/** `NAME=value`, one of each variable that the process was started with. */
export function environmentOf(pid: number): string[] {
  return read(`/proc/${pid}/environ`).split('\0');
}

/** Paths of the files that a process has in its memory, as it sees them. */
export function mappedFiles(pid: number): string[] {
  const lines = read(`/proc/${pid}/maps`).split('\n');
  return lines.map((line) => line.slice(73)).filter((path) => path.startsWith('/'));
}

export function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1] ?? 0);
}

/** The fields of /proc/PID/stat behind the command's name (proc(5)); none for one that has ended. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
