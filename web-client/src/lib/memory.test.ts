import { expect, test } from 'vitest';
import { TabMemory } from './memory.js';

// Node has no sessionStorage, as a browser that forbids it.
test('without sessionStorage the page itself remembers', () => {
  const memory = new TabMemory();
  memory.remember('resume.s-1', 'secret');
  expect(memory.recall('resume.s-1')).toBe('secret');
  expect(new TabMemory().recall('resume.s-1')).toBeUndefined();
});

test('what is forgotten is gone', () => {
  const memory = new TabMemory();
  memory.remember('resume.s-1', 'secret');
  memory.forget('resume.s-1');
  expect(memory.recall('resume.s-1')).toBeUndefined();
});
