import type { CustomEvent } from '@vitrine/client/app-streamer';
import { useId, useState, type FormEvent } from 'react';
import type { MessageChoice } from '../config/config';
import { Field } from '../screens/field';
import { Problems, sentenceOf } from '../screens/problems';
import type { LogEntry } from '../stream/viewer-state';
import { MessageLog } from './message-log';

interface MessagesProps {
  readonly messages: readonly MessageChoice[];
  readonly log: readonly LogEntry[];
  readonly disabled: boolean;
  readonly onSay: (message: CustomEvent) => void;
}

/** Messages of the application's own: a button brings one of the config's, to be edited before it is sent. */
export function Messages({ messages, log, disabled, onSay }: MessagesProps) {
  const id = useId();
  const [type, setType] = useState(messages[0]?.event_type ?? '');
  const [payload, setPayload] = useState(json(messages[0]?.payload ?? {}));
  const [problem, setProblem] = useState<string>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      onSay({ event_type: type.trim(), payload: payloadIn(payload) });
      setProblem(undefined);
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  };

  return (
    <section aria-labelledby="messages">
      <h2 id="messages">Messages</h2>
      {messages.length > 0 && (
        <div className="chips">
          {messages.map((message) => (
            <button
              key={message.label}
              type="button"
              onClick={() => {
                setType(message.event_type);
                setPayload(json(message.payload));
              }}
            >
              {message.label}
            </button>
          ))}
        </div>
      )}
      <form onSubmit={submit}>
        <Field label="Type" value={type} onChange={(e) => setType(e.target.value)} />
        <div className="field">
          <label htmlFor={id}>Payload</label>
          <textarea
            id={id}
            rows={3}
            spellCheck={false}
            value={payload}
            onChange={(e) => setPayload(e.target.value)}
          />
        </div>
        <Problems sentences={problem ? [problem] : []} />
        <button type="submit" disabled={disabled || !type.trim()}>
          Send
        </button>
      </form>
      <MessageLog log={log} />
    </section>
  );
}

function payloadIn(text: string): CustomEvent['payload'] {
  const value: unknown = parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as CustomEvent['payload'];
  }
  throw new Error('The payload must be a JSON object, { … }.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The payload is no JSON: ${sentenceOf(cause)}`, { cause });
  }
}

function json(payload: object): string {
  return JSON.stringify(payload);
}
