import { useEffect, useRef } from 'react';
import type { LogEntry } from '../stream/viewer-state';

/** What was said and heard, the latest in sight. */
export function MessageLog({ log }: { readonly log: readonly LogEntry[] }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [log]);

  if (log.length === 0) return null;
  return (
    <ol className="log" ref={list} aria-label="Messages that were exchanged" tabIndex={0}>
      {log.map(({ id, direction, type, payload }) => (
        <li key={id} className={direction}>
          <b>{`${direction === 'sent' ? '→' : '←'} ${type}`}</b> <code>{payload}</code>
        </li>
      ))}
    </ol>
  );
}
