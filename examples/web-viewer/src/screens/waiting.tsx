import { useEffect, useState } from 'react';
import type { StreamSettings } from '../config/config';
import { delay, patiently } from '../services/patience';
import { Services, type QueuePlace, type Session } from '../services/services';
import { Card } from './card';
import type { SessionTold } from './choice-form';
import { sentenceOf } from './problems';

/** A server that answers at once is asked again no sooner than this. */
const PAUSE_MILLIS = 2_000;

interface WaitingProps {
  readonly settings: StreamSettings;
  readonly session: Session;
  readonly onSession: (told: SessionTold) => void;
  readonly onEnded: (message: string) => void;
}

/** Asks how the session stands until it is ready, or the viewer has waited enough. */
export function Waiting({ settings, session, onSession, onEnded }: WaitingProps) {
  const [cancelling, setCancelling] = useState(false);

  useEffect(() => {
    if (cancelling) return;
    const services = new Services(settings);
    const left = new AbortController();
    const ask = async () => {
      const again = delay(PAUSE_MILLIS);
      const now = await patiently(() => services.session(session.id, left.signal));
      if (!now.ready) await again;
      if (left.signal.aborted) return;
      onSession({ settings, session: now, backendUrl: services.backendUrl });
    };
    ask().catch((failure: unknown) => {
      if (left.signal.aborted) return;
      services.end(session.id).catch(() => undefined);
      onEnded(sentenceOf(failure));
    });
    return () => left.abort();
  }, [session, cancelling]);

  useEffect(() => {
    // A page that is closed while it waits would leave a session behind that nobody wants.
    const leave = () => void new Services(settings).end(session.id).catch(() => undefined);
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [session.id]);

  const cancel = () => {
    setCancelling(true);
    patiently(() => new Services(settings).end(session.id)).then(
      () => onEnded('You did not wait for the session.'),
      (failure: unknown) => onEnded(sentenceOf(failure)),
    );
  };

  return (
    <Card title={session.queue ? 'Waiting in line' : 'Starting the application'}>
      <progress aria-label="Waiting" />
      <p className="lead" role="status">
        {session.queue ? placeSentence(session.queue) : session.message}
      </p>
      <button type="button" disabled={cancelling} onClick={cancel}>
        {cancelling ? 'Cancelling …' : 'Cancel'}
      </button>
    </Card>
  );
}

function placeSentence({ place, of, expectedSeconds }: QueuePlace): string {
  const sentence = `You are number ${place} of ${of}.`;
  return expectedSeconds === undefined ? sentence : `${sentence} About ${expectedSeconds} s to go.`;
}
