import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launch, openPage } from '../src/browser.ts';
import { Cluster } from '../src/cluster.ts';
import { allProcesses, commandOf, environmentOf, residentMebibytes } from '../src/processes.ts';
import { waitUntilPlaying } from '../src/viewer.ts';
import { hand, round, type Row } from './row.ts';

// What Vitrine weighs: images as they are pulled, and memory of each process while one viewer watches.

const repo = path.resolve(import.meta.dirname, '../..');
const ROLES: [string, string][] = [
  ['controller', 'VITRINE_ROLE=controller'],
  ['gateway', 'VITRINE_ROLE=gateway'],
];

/** Bytes of the layers as they travel, by the registry's manifest (OCI image specification). */
async function pulledMebibytes(reference: string): Promise<number> {
  const [, host, name, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference)!;
  const accept =
    'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const reply = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, { headers: { accept } });
  const { layers } = (await reply.json()) as { layers: { size: number }[] };
  return layers.reduce((sum, { size }) => sum + size, 0) / 2 ** 20;
}

async function memoryWhileStreaming(): Promise<Row[]> {
  const url = new Cluster().get('streamingapp', 'usd-viewer')!.status!.url!;
  const browser = await launch('chrome');
  try {
    await waitUntilPlaying(await openPage(browser, url), 120);
    const javas = allProcesses().filter((pid) => /(^|\/)java /.test(commandOf(pid)));
    const rows = ROLES.map(([name, variable]) => ({
      name,
      pids: javas.filter((pid) => environmentOf(pid).includes(variable)).slice(0, 1),
    }));
    rows.push({
      name: 'runtime',
      pids: javas.filter((pid) => commandOf(pid).includes('vitrine-app.jar')).slice(-1),
    });
    rows.push({
      name: 'stage process',
      pids: allProcesses()
        .filter((pid) => commandOf(pid).includes('vitrine_stage'))
        .slice(-1),
    });
    return rows.map(({ name, pids }) => {
      if (pids.length === 0) throw new Error(`no process of the ${name} was found`);
      return {
        name: `memory of the ${name}, one viewer`,
        value: round(residentMebibytes(pids), 0),
        unit: 'MiB',
      };
    });
  } finally {
    await browser.close();
  }
}

const rows: Row[] = [];
for (const name of ['operator', 'runtime']) {
  const reference = readFileSync(`${repo}/target/image/${name}.ref`, 'utf8').trim();
  rows.push({
    name: `image of the ${name}, compressed`,
    value: round(await pulledMebibytes(reference), 0),
    unit: 'MiB',
  });
}
hand([...rows, ...(await memoryWhileStreaming())]);
