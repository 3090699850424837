import { connect, gateway, runtime, type Source, type Stream } from '../lib/index.js';
import { Countdown } from './countdown.js';
import { draw } from './curtain.js';
import { elements } from './elements.js';
import { NewerVersion } from './newer-version.js';
import { placeOf, type Place } from './place.js';
import { screenOf } from './screen.js';
import { unknownStage, withProgress, withState, type Stage } from './stage.js';
import { Toast } from './toast.js';

const place = placeOf(new URL(location.href));
const toast = new Toast();
const countdown = new Countdown();
const newerVersion = new NewerVersion();

if (place.kind === 'cluster') document.title = `${place.app} · Vitrine`;
elements.again.addEventListener('click', start);
start();

function start(): void {
  const stream = connect({ video: elements.video, source: sourceAt(place) });
  let stage: Stage = unknownStage;
  const redraw = () => draw(screenOf(stream.state, stage));
  const stageIs = (now: Stage) => {
    stage = now;
    redraw();
  };

  stream.on('vitrine.stageState', (told) => {
    stageIs(withState(stage, told));
    if (stage.state === 'failed') toast.keep(stage.message || 'The stage could not be loaded.');
    else toast.hide();
  });
  stream.on('updateProgressAmount', (told) => stageIs(withProgress(stage, told)));
  stream.on('openedStageResult', ({ result, error }) => {
    if (result === 'error') toast.show(error || 'The stage could not be opened.');
  });
  stream.on('viewerError', ({ message }) => toast.show(message));
  stream.on('vitrine.warning', (warning) => countdown.show(warning));
  stream.on('vitrine.newerVersion', ({ version }) => newerVersion.show(version));
  // Only the last start's stream can be asked, or closed.
  elements.stay.onclick = () => void stay(stream);
  elements.reload.onclick = () => startAnew(stream);
  stream.onState(({ kind }) => {
    elements.root.dataset['state'] = kind;
    if (kind !== 'playing') {
      countdown.hide();
      newerVersion.show('');
    }
    if (kind === 'connecting') toast.hide();
    // A runtime tells the state of its stage anew to whoever connects.
    stageIs(kind === 'reconnecting' ? unknownStage : stage);
    moveFocus(stream);
  });
}

/** Whether the old session's end is heard or not, the viewer has left it. */
function startAnew(stream: Stream): void {
  stream.close().catch(() => undefined);
  start();
}

async function stay(stream: Stream): Promise<void> {
  elements.stay.disabled = true;
  try {
    const reply = await stream.extend();
    if (reply.result === 'success') countdown.hide();
    else toast.show(reply.error);
  } catch (failure) {
    toast.show(failure instanceof Error ? failure.message : String(failure));
  } finally {
    elements.stay.disabled = false;
    moveFocus(stream);
  }
}

function sourceAt(here: Place): Source {
  return here.kind === 'local' ? runtime(here.signal) : gateway({ url: here.gateway, ...here });
}

/** Keys work at once, without a frame around the picture; a new start is one press away. */
function moveFocus({ state }: Stream): void {
  if (state.kind === 'playing') elements.video.focus({ preventScroll: true, focusVisible: false });
  if (state.kind === 'ended') elements.again.focus();
}
