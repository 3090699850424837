import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cluster } from './sessions.ts';

const repo = path.resolve(import.meta.dirname, '../..');

export function revisionOf(pod: string): string | undefined {
  return cluster.get('pod', pod)?.metadata.labels?.['vitrine.dev/revision'];
}

export function imageOf(pod: string): string {
  const { containers } = cluster.get('pod', pod)!.spec as { containers: { image: string }[] };
  return containers[0]!.image;
}

/** The name under which the cluster pulls one of our images. */
export function imageReference(name: 'operator' | 'runtime'): string {
  return readFileSync(`${repo}/target/image/${name}.ref`, 'utf8').trim();
}

/** An image, the runtime's by default, under another tag, as a pipeline would push it (OCI distribution specification). */
export async function retagged(
  tag: string,
  reference = imageReference('runtime'),
): Promise<string> {
  const [, host, name, oldTag] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference)!;
  const accept =
    'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const manifests = `http://${host}/v2/${name}/manifests`;
  const manifest = await fetch(`${manifests}/${oldTag}`, { headers: { accept } });
  const put = await fetch(`${manifests}/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': manifest.headers.get('content-type')! },
    body: await manifest.text(),
  });
  if (!put.ok) throw new Error(await put.text());
  return `${host}/${name}:${tag}`;
}
