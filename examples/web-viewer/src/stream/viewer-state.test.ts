import { describe, expect, test } from 'vitest';
import { firstViewer, nextViewer, type Viewer, type ViewerEvent } from './viewer-state';

function after(...events: ViewerEvent[]): Viewer {
  return events.reduce(nextViewer, firstViewer);
}

const heard = (event_type: string, payload: Record<string, unknown>): ViewerEvent => ({
  type: 'heard',
  message: { event_type, payload },
});

const update = (status: 'waiting' | 'inProgress' | 'warning' | 'success'): ViewerEvent => ({
  type: 'updated',
  event: { action: 'start', status, info: status },
});

const started: ViewerEvent = {
  type: 'started',
  event: { action: 'start', status: 'success', info: '' },
};

describe('the connection', () => {
  test('is being made, plays, is lost, and plays again', () => {
    expect(after(update('waiting'))).toMatchObject({ phase: 'connecting', info: 'waiting' });
    expect(after(update('inProgress'), started)).toMatchObject({ phase: 'playing', info: '' });
    const lost = after(started, update('warning'), update('inProgress'));
    expect(lost).toMatchObject({ phase: 'reconnecting', info: 'warning' });
    expect(nextViewer(lost, update('success'))).toMatchObject({ phase: 'playing' });
  });
});

describe('the stage', () => {
  const starting = heard('vitrine.stageState', { state: 'starting', message: 'kitchen.usda' });

  test('is loaded, with progress, and then is another', () => {
    const loading = after(starting, heard('updateProgressAmount', { progress: 0.5 }));
    expect(loading.loading).toEqual({ busy: true, message: 'kitchen.usda', progress: 0.5 });
    const ready = nextViewer(loading, heard('vitrine.stageState', { state: 'ready' }));
    expect(ready).toMatchObject({ loading: { busy: false }, stages: 1 });
  });

  test.each([{ progress: 2 }, { progress: 'half' }, {}])('takes no progress of %j', (payload) => {
    expect(after(starting, heard('updateProgressAmount', payload)).loading).toEqual({
      busy: true,
      message: 'kitchen.usda',
    });
  });

  test('that was opened has its address, and nothing is selected', () => {
    const opened = heard('openedStageResult', { url: 'a.usda', result: 'success', error: '' });
    const viewer = after({ type: 'selected', paths: ['/World'] }, opened);
    expect(viewer).toMatchObject({ url: 'a.usda', stages: 1, selection: [] });
  });

  test('that was open before is known when the application is asked', () => {
    const known = { type: 'stageKnown', url: 'a.usda' } as const;
    expect(after({ ...known, busy: false })).toMatchObject({ url: 'a.usda', stages: 1 });
    expect(after({ ...known, busy: true })).toMatchObject({ url: 'a.usda', stages: 0 });
    const ready = heard('vitrine.stageState', { state: 'ready' });
    expect(after(ready, { ...known, busy: false })).toMatchObject({ stages: 1 });
  });

  test('that became ready while the connection was lost is known when the application is asked', () => {
    const known = { type: 'stageKnown', url: 'a.usda' } as const;
    const back = [update('warning'), update('success')];
    const idle = { ...known, busy: false };
    expect(after({ ...known, busy: true }, ...back, idle).stages).toBe(1);
    const selected: ViewerEvent = { type: 'selected', paths: ['/World'] };
    const failed: ViewerEvent = { type: 'failed', problem: 'The connection was lost.' };
    const again = after(idle, selected, failed, ...back, idle);
    expect(again).toMatchObject({ stages: 2, selection: ['/World'], problem: undefined });
    const other = { ...idle, url: 'b.usda' };
    expect(after(idle, selected, ...back, other)).toMatchObject({ stages: 2, selection: [] });
  });

  test('that is loaded while the connection is lost is told anew, or ready', () => {
    expect(after(starting, update('warning'))).toMatchObject({ loading: { busy: false } });
  });

  test('that cannot be opened is told, and the one before stays', () => {
    const no = heard('openedStageResult', { url: 'no.usda', result: 'error', error: 'No file.' });
    expect(after(no)).toMatchObject({ url: '', stages: 0, problem: 'No file.' });
    const failed = heard('vitrine.stageState', { state: 'failed', message: 'Empty.' });
    expect(after(starting, failed)).toMatchObject({ loading: { busy: false }, problem: 'Empty.' });
  });
});

describe('the selection', () => {
  test('is what was chosen here, or there', () => {
    expect(after({ type: 'selected', paths: ['/A'] }).selection).toEqual(['/A']);
    expect(after(heard('stageSelectionChanged', { prims: ['/B', '/C'] })).selection).toEqual([
      '/B',
      '/C',
    ]);
  });

  // An application may say an empty selection as an object.
  test.each([{ prims: {} }, { prims: null }, {}])('is empty for %j', (payload) => {
    expect(after(heard('stageSelectionChanged', payload)).selection).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('is shown until it is read', () => {
    const error = heard('viewerError', { event_type: 'x', message: 'Nobody answers x.' });
    expect(after(error).problem).toBe('Nobody answers x.');
    expect(after(error, { type: 'problemRead' }).problem).toBeUndefined();
    expect(after(heard('viewerError', {})).problem).toBe('The application could not do that.');
  });

  test('may be the end that comes near', () => {
    const warning = heard('vitrine.warning', { reason: 'IdleTimeout', secondsLeft: 59.6 });
    expect(after(warning).problem).toBe('The session ends in 60 seconds (IdleTimeout).');
  });
});

describe('the log', () => {
  test('has no room for what comes again and again', () => {
    const moved = heard('cameraStateChanged', { position: [0, 0, 5] });
    const loaded = heard('updateProgressAmount', { progress: 0.5 });
    expect(after(moved, loaded, heard('c', {})).log).toMatchObject([{ type: 'c' }]);
  });

  test('has what was said and heard', () => {
    const said: ViewerEvent = { type: 'said', message: { event_type: 'a', payload: { b: 1 } } };
    expect(after(said, heard('c', {})).log).toEqual([
      { id: 1, direction: 'sent', type: 'a', payload: '{"b":1}' },
      { id: 2, direction: 'heard', type: 'c', payload: '{}' },
    ]);
  });

  test('is bounded', () => {
    const many = Array.from({ length: 300 }, () => heard('c', { long: 'x'.repeat(5_000) }));
    const { log } = after(...many);
    expect(log).toHaveLength(100);
    expect(log.at(-1)).toMatchObject({ id: 300 });
    expect(log.at(-1)!.payload.length).toBeLessThan(2_100);
  });
});
