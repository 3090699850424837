import { expect, test } from 'vitest';
import { placeOf } from './place.js';

const at = (address: string) => placeOf(new URL(address));

test('the root is local mode, and signals beside itself', () => {
  expect(at('http://127.0.0.1:8080/')).toEqual({
    kind: 'local',
    signal: new URL('http://127.0.0.1:8080/signal'),
  });
});

test('local mode works behind a path proxy, and leaves the query alone', () => {
  expect(at('https://lab.example/user/proxy/8080/?token=x')).toMatchObject({
    signal: new URL('https://lab.example/user/proxy/8080/signal'),
  });
  expect(at('https://lab.example/user/index.html')).toMatchObject({
    signal: new URL('https://lab.example/user/signal'),
  });
});

test('a view names its namespace and its app', () => {
  expect(at('https://host/view/shop/usd-viewer')).toEqual({
    kind: 'cluster',
    gateway: new URL('https://host/'),
    namespace: 'shop',
    app: 'usd-viewer',
    arguments: {},
  });
});

test('a view works behind a path proxy', () => {
  expect(at('https://host/a/view/b/view/shop/usd-viewer')).toMatchObject({
    gateway: new URL('https://host/a/view/b/'),
    namespace: 'shop',
  });
});

test('class and parameters come from the query, and nothing else does', () => {
  expect(
    at('https://host/view/shop/viewer?class=gpu&param.stage=a%20b.usda&param.x=1&y=2'),
  ).toMatchObject({ profile: 'gpu', arguments: { stage: 'a b.usda', x: '1' } });
});

test('an address that cannot be decoded is taken as it is', () => {
  expect(at('https://host/view/shop/%ff')).toMatchObject({ app: '%ff' });
});
