import type { Browser, Page } from 'puppeteer-core';
import { launch, openPage } from './browser.ts';
import { Cluster, condition, until, type Condition, type Resource } from './cluster.ts';
import { waitUntilPlaying } from './viewer.ts';

/** The cluster that these tests are about. */
export const cluster = new Cluster();

export function link(app = 'usd-viewer'): string {
  const url = cluster.get('streamingapp', app)?.status?.url;
  if (!url) throw new Error(`the StreamingApp ${app} has no status.url`);
  return url;
}

/** The session that has come into being since the names were listed. */
export function newSession(before: Set<string>): Resource | undefined {
  return cluster.list('streamsessions').find(({ metadata }) => !before.has(metadata.name));
}

export function sessionNames(): Set<string> {
  return new Set(cluster.list('streamsessions').map(({ metadata }) => metadata.name));
}

/** Somebody who watches an app in a browser of their own, and the name of their session. */
export interface Viewer {
  browser: Browser;
  page: Page;
  name: string;
}

/** Begins to watch; returns once the picture is there. The caller closes the browser. */
export async function beginToWatch(ofApp = 'usd-viewer'): Promise<Viewer> {
  const before = sessionNames();
  const browser = await launch('chrome');
  try {
    const page = await openPage(browser, link(ofApp));
    await waitUntilPlaying(page, 90);
    return { browser, page, name: newSession(before)!.metadata.name };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

export function app(name: string, spec: object): object {
  return {
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamingApp',
    metadata: { name, namespace: 'default' },
    spec: { classes: ['cpu'], rollout: { verification: { mode: 'None' } }, ...spec },
  };
}

export async function readyApp(name: string, spec: object): Promise<void> {
  cluster.apply(app(name, spec));
  await until(`${name} to be ready`, () => {
    return condition(cluster.get('streamingapp', name), 'Ready')?.status === 'True';
  });
}

export function session(name: string, appName: string, spec: object = {}): object {
  return {
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamSession',
    metadata: { name, namespace: 'default' },
    spec: { app: appName, ...spec },
  };
}

/** A class for one test, of pods as small as those of the class `cpu`. */
export function streamClass(name: string, spec: object): object {
  return {
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamClass',
    metadata: { name },
    spec: {
      namespaces: { from: 'All' },
      resources: { cpu: { request: '200m' }, memory: { request: '512Mi', limit: '4Gi' } },
      ...spec,
    },
  };
}

export async function readySession(name: string, seconds = 60): Promise<Resource> {
  return until(
    `${name} to be ready`,
    () => {
      const now = cluster.get('streamsession', name);
      return condition(now, 'Ready')?.status === 'True' && now;
    },
    seconds,
    () => cluster.get('streamsession', name)?.status,
  );
}

export async function end(name: string, seconds = 60): Promise<Condition> {
  return until(
    `the end of ${name}`,
    () => {
      const ended = condition(cluster.get('streamsession', name), 'Ended');
      return ended?.status === 'True' && ended;
    },
    seconds,
    () => cluster.get('streamsession', name)?.status,
  );
}

export async function podOf(name: string): Promise<string> {
  return until(`the pod of ${name}`, () => {
    const pod = cluster.list('pods', 'default', `vitrine.dev/session=${name}`)[0];
    return pod?.metadata.name;
  });
}

/** Pods that are given to a session which is gone, or which has another one. */
export function strayPods(): string[] {
  return cluster
    .list('pods', 'default', 'vitrine.dev/session')
    .filter(({ metadata }) => {
      const owner = cluster.get('streamsession', metadata.labels!['vitrine.dev/session']!);
      return owner?.status?.podName !== metadata.name;
    })
    .map(({ metadata }) => metadata.name);
}
