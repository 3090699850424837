import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium, or the one that the environment names. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      // Both ends of the stream are on this machine.
      '--allow-loopback-in-peer-connection',
    ],
  });
}
