import type { PrimFilter, Reply, Stream } from '../lib/index.js';
import type { StreamProps } from './config.js';
import { DirectStream, sentenceIn } from './direct-stream.js';
import { EventAction, EventStatus, StreamError, type StreamEvent } from './events.js';
import { messageIn, type CustomMessage } from './message.js';
import { sourceOf } from './source.js';

const DEFAULT_VIDEO = 'remote-video';
/** The runtime itself gives up after 60 s, and says so. */
const OPEN_LIMIT_MILLIS = 70_000;

/**
 * The page's one stream, in the shape that front ends for Kit are written in.
 * Whatever a call cannot do it says with a {@link StreamError}.
 */
export class AppStreamer {
  static #current: DirectStream | undefined;
  static #isLeaving = false;

  private constructor() {}

  /**
   * Connects; a stream that there is already is ended first, and whoever connects when that is told fails.
   *
   * @returns an event, once messages go both ways; the first picture is told by `onStart`
   * @throws StreamError for a field that is missing or wrong, and when there will be no connection
   */
  static async connect(props: StreamProps): Promise<StreamEvent> {
    if (this.#isLeaving) {
      throw new StreamError(EventAction.START, 'Another stream takes its place already.');
    }
    const source = sourceOf(props, new URL(location.href));
    const { streamConfig } = props;
    const video = videoWithId(streamConfig.videoElementId ?? DEFAULT_VIDEO);
    this.#leave();
    this.#current = new DirectStream(source, video, streamConfig);
    return this.#current.connected;
  }

  /**
   * Has the picture go on after {@link stop}.
   *
   * @throws StreamError when the browser waits for the viewer to touch the page first
   */
  static async start(): Promise<StreamEvent> {
    return this.#direct(EventAction.START).start();
  }

  /** Has the picture stand still; the session goes on, and idle it ends as any. */
  static async stop(): Promise<StreamEvent> {
    return this.#direct(EventAction.STOP).stop();
  }

  /**
   * Ends the session, here and on the server. Without a stream there is nothing to do.
   *
   * @param _endApplication whatever it says, no session is left behind
   * @throws StreamError when the server was not told; the session then ends by its own time limits
   */
  static async terminate(_endApplication?: boolean): Promise<StreamEvent> {
    if (this.#current) return this.#current.terminate();
    const info = 'There is no stream.';
    return { action: EventAction.TERMINATE, status: EventStatus.SUCCESS, info };
  }

  /**
   * Says something to the application; what it answers comes by `onCustomEvent`.
   *
   * @param message `{event_type, payload}`, or the same as JSON; 64 KiB at most
   */
  static async sendMessage(message: CustomMessage | string): Promise<StreamEvent> {
    const { event_type, payload } = messageIn(message);
    const { stream } = this.#direct(EventAction.MESSAGE);
    try {
      stream.send(event_type, { ...payload });
    } catch (cause) {
      throw new StreamError(EventAction.MESSAGE, sentenceIn(cause), { cause });
    }
    return { action: EventAction.MESSAGE, status: EventStatus.SUCCESS, info: '' };
  }

  /** Changes nothing and says so by a `warning`: the application says how large its picture is. */
  static async resize(_width: number, _height: number): Promise<StreamEvent> {
    const info =
      'The picture keeps the size that the application gives it; the video element scales it.';
    return { action: EventAction.RESIZE, status: EventStatus.WARNING, info };
  }

  /**
   * Opens another stage, for which there are 70 s. The reply's `result` says whether it could; its
   * `error` why not.
   */
  static openStage(url: string): Promise<Reply<'openStageRequest'>> {
    return this.#ask((stream) =>
      stream.request('openStageRequest', { url }, { timeoutMillis: OPEN_LIMIT_MILLIS }),
    );
  }

  /** Whether the stage is being loaded, and which one it is. */
  static getStageLoadingState(): Promise<Reply<'loadingStateQuery'>> {
    return this.#ask((stream) => stream.request('loadingStateQuery', {}));
  }

  /**
   * The prims below a path of the stage, `/` for all of it.
   *
   * @param filters the kinds of prims to list; all when empty
   */
  static getChildren(
    path: string,
    filters: readonly PrimFilter[] = [],
  ): Promise<Reply<'getChildrenRequest'>> {
    return this.#ask((stream) =>
      stream.request('getChildrenRequest', { prim_path: path, filters }),
    );
  }

  /** Says which prims a click in the picture selects. */
  static makePrimsSelectable(paths: readonly string[]): Promise<Reply<'makePrimsPickable'>> {
    return this.#ask((stream) => stream.request('makePrimsPickable', { paths }));
  }

  /**
   * Brings the camera back to where it began.
   *
   * @param deselect whether nothing is selected any more
   */
  static resetStage(deselect = true): Promise<Reply<'resetStage'>> {
    return this.#ask((stream) => {
      if (deselect) stream.send('selectPrimsRequest', { paths: [] });
      return stream.request('resetStage', {});
    });
  }

  /** Whether the old session's end is heard or not, this page has left it. */
  static #leave(): void {
    this.#isLeaving = true;
    this.#current?.terminate().catch(() => undefined);
    this.#isLeaving = false;
  }

  static #direct(action: EventAction): DirectStream {
    if (this.#current && !this.#current.isOver) return this.#current;
    throw new StreamError(action, 'There is no stream: connect first.');
  }

  static async #ask<T>(question: (stream: Stream) => Promise<T>): Promise<T> {
    const { stream } = this.#direct(EventAction.MESSAGE);
    try {
      return await question(stream);
    } catch (cause) {
      throw new StreamError(EventAction.MESSAGE, sentenceIn(cause), { cause });
    }
  }
}

function videoWithId(id: string): HTMLVideoElement {
  const video = document.getElementById(id);
  if (video instanceof HTMLVideoElement) return video;
  throw new StreamError(
    EventAction.START,
    `The page has no <video id="${id}">: show it before you connect, or name another by videoElementId.`,
  );
}
