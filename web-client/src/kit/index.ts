export { AppStreamer } from './app-streamer.js';
export {
  StreamType,
  type CustomEvent,
  type DirectConfig,
  type FieldsWithoutEffect,
  type GFNConfig,
  type StreamCallbacks,
  type StreamProps,
} from './config.js';
export { EventAction, EventStatus, StreamError, type StreamEvent } from './events.js';
export type { CustomMessage } from './message.js';
