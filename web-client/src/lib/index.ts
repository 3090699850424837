export { StreamFailure } from './failure.js';
export type { Authorization } from './api.js';
export { gateway, type GatewayOptions } from './gateway.js';
export { gatewaySession, type GatewaySessionOptions } from './gateway-session.js';
export type { JsonObject } from './json.js';
export type { Memory } from './memory.js';
export type { AppMessage, Payload, Reply } from './messages.js';
export type * from './generated/messages.js';
export { RequestFailure } from './request-failure.js';
export type { EndReason, LocalReason, Reason, Refusal } from './reasons.js';
export type { QueuePlace, SessionState, Waiting } from './session.js';
export {
  runtime,
  type Endpoint,
  type MediaAddress,
  type RuntimeOptions,
  type Source,
} from './source.js';
export { connect, Stream, type ConnectOptions, type RequestOptions } from './stream.js';
export { sentenceFor } from './words.js';
