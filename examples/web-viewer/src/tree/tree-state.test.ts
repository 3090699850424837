import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  emptyTree,
  moveFor,
  nextTree,
  rowsOf,
  type Tree,
  type TreeEvent,
} from './tree-state';

function after(...events: TreeEvent[]): Tree {
  return events.reduce(nextTree, emptyTree);
}

const world: TreeEvent = {
  type: 'told',
  path: '/',
  children: [
    { name: 'World', path: '/World', children: {} },
    { name: 'Sun', path: '/Sun' },
  ],
};
const car: TreeEvent = {
  type: 'told',
  path: '/World',
  children: [{ name: 'Car', path: '/World/Car', children: [] }],
};
const opened: TreeEvent = { type: 'opened', path: '/World' };

const shown = (tree: Tree) => rowsOf(tree).map(({ node, level }) => `${level} ${node.path}`);

describe('the tree', () => {
  test('shows what was told below what is open', () => {
    expect(shown(emptyTree)).toEqual([]);
    expect(shown(after(world))).toEqual(['1 /World', '1 /Sun']);
    expect(shown(after(world, opened))).toEqual(['1 /World', '1 /Sun']);
    expect(shown(after(world, opened, car))).toEqual(['1 /World', '2 /World/Car', '1 /Sun']);
    const closed: TreeEvent = { type: 'closed', path: '/World' };
    expect(shown(after(world, opened, car, closed))).toEqual(['1 /World', '1 /Sun']);
  });

  test('knows what can be opened, and where each row stands', () => {
    const [first, second] = rowsOf(after(world));
    expect(first).toMatchObject({ position: 1, siblings: 2, node: { hasChildren: true } });
    expect(second).toMatchObject({ position: 2, siblings: 2, node: { hasChildren: false } });
  });

  test('keeps what is open when a prim’s children are told anew', () => {
    expect(shown(after(world, opened, car, world))).toEqual(['1 /World', '2 /World/Car', '1 /Sun']);
  });

  test('says what failed until it is told after all', () => {
    const failed: TreeEvent = { type: 'failed', path: '/World', problem: 'Not now.' };
    expect(after(world, failed).get('/World')).toMatchObject({ problem: 'Not now.' });
    expect(after(world, failed, car).get('/World')).not.toHaveProperty('problem');
  });

  test('does not take what is told of a prim that it does not show', () => {
    expect(after(car)).toEqual(emptyTree);
  });

  test('takes what is told last of whether there is something to open', () => {
    const sun = { name: 'Sun', path: '/Sun', children: {} };
    const grown = after(world, { type: 'told', path: '/', children: [sun] });
    expect(grown.get('/Sun')).toMatchObject({ hasChildren: true });
  });
});

test('the way to a prim begins at the root', () => {
  expect(ancestorsOf('/World/Car/Wheel')).toEqual(['/', '/World', '/World/Car']);
  expect(ancestorsOf('/World')).toEqual(['/']);
});

describe('keys', () => {
  const rows = rowsOf(after(world, opened, car));

  test.each([
    ['ArrowDown', '/World', { type: 'focus', path: '/World/Car' }],
    ['ArrowDown', '/Sun', undefined],
    ['ArrowUp', '/Sun', { type: 'focus', path: '/World/Car' }],
    ['ArrowUp', '/World', undefined],
    ['Home', '/Sun', { type: 'focus', path: '/World' }],
    ['End', '/World', { type: 'focus', path: '/Sun' }],
    ['ArrowRight', '/World', { type: 'focus', path: '/World/Car' }],
    ['ArrowRight', '/World/Car', { type: 'open', path: '/World/Car' }],
    ['ArrowRight', '/Sun', undefined],
    ['ArrowLeft', '/World/Car', { type: 'focus', path: '/World' }],
    ['ArrowLeft', '/World', { type: 'close', path: '/World' }],
    ['ArrowLeft', '/Sun', undefined],
    ['Enter', '/Sun', { type: 'select', path: '/Sun' }],
    [' ', '/Sun', { type: 'select', path: '/Sun' }],
    ['a', '/Sun', undefined],
    ['Enter', '/nowhere', undefined],
  ])('%s at %s', (key, path, move) => {
    expect(moveFor(key, rows, path)).toEqual(move);
  });
});
