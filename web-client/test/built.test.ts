import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const LIBRARY = 'dist/';
const PAGE = 'target/classes/META-INF/vitrine/page/';

function gzippedBytes(folder: string, name: RegExp): number {
  const files = readdirSync(folder).filter((file) => name.test(file));
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(folder + file)).length, 0);
}

describe('what a browser has to load, compressed (after `npm run build`)', () => {
  test('the library stays below 9 KB', () => {
    const bytes = gzippedBytes(LIBRARY, /^vitrine-client\.js$/);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(9 * 1024);
  });

  test('the facade stays below 4 KB beside it', () => {
    const bytes = gzippedBytes(LIBRARY, /^app-streamer\.js$/);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(4 * 1024);
  });

  test('there is nothing else to load', () => {
    const scripts = readdirSync(LIBRARY).filter((file) => file.endsWith('.js'));
    expect(scripts.sort()).toEqual(['app-streamer.js', 'vitrine-client.js']);
  });

  test('the page, its script, style and icon stay below 12 KB', () => {
    const bytes = gzippedBytes(PAGE, /^index.*|\.svg$/);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(12 * 1024);
  });
});

describe('the built pages', () => {
  const pages = ['index.html', 'view.html'].map((name) => readFileSync(PAGE + name, 'utf8'));
  const [local, view] = pages as [string, string];
  const addresses = (html: string) =>
    [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);

  test('name their files by relative addresses, each from where it is served', () => {
    expect(addresses(local)).toHaveLength(3);
    for (const address of addresses(local)) expect(address).toMatch(/^page\/[\w.-]+$/);
    for (const address of addresses(view)) expect(address).toMatch(/^\.\.\/\.\.\/page\/[\w.-]+$/);
  });

  test('name files that are there', () => {
    const files = readdirSync(PAGE);
    for (const html of pages) {
      for (const address of addresses(html)) expect(files).toContain(address.split('page/')[1]);
    }
  });

  test('have nothing inline that a strict content security policy forbids', () => {
    for (const html of pages) {
      expect(html).not.toMatch(/<style|style=|\son\w+=|javascript:|data:/);
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    }
  });
});
