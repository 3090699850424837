import { useState, type FormEvent } from 'react';
import type { StreamSettings } from '../config/config';
import { problemsOfStream } from '../config/read-config';
import { Services } from '../services/services';
import { Card } from './card';
import { Field } from './field';
import { Problems, sentenceOf } from './problems';

interface ServersFormProps {
  readonly settings: StreamSettings;
  readonly onFound: (settings: StreamSettings) => void;
}

/** Where the servers are. They are asked before the front end goes on. */
export function ServersForm({ settings, onFound }: ServersFormProps) {
  const [appServer, setAppServer] = useState(settings.appServer);
  const [streamServer, setStreamServer] = useState(settings.streamServer);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const named = { appServer: appServer.trim(), streamServer: streamServer.trim() };
    const found = problemsOfStream(named);
    setProblems(found);
    if (found.length > 0) return;
    setBusy(true);
    try {
      await new Services(named).check();
      onFound(named);
    } catch (failure) {
      setProblems([sentenceOf(failure)]);
      setBusy(false);
    }
  };

  return (
    <Card title="Where are the servers?" lead="A Vitrine gateway is both.">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label="Applications"
          hint="Below it is /cfg/apps."
          inputMode="url"
          value={appServer}
          onChange={(e) => setAppServer(e.target.value)}
        />
        <Field
          label="Streams"
          hint="Below it is /streaming/stream."
          inputMode="url"
          value={streamServer}
          onChange={(e) => setStreamServer(e.target.value)}
        />
        <Problems sentences={problems} />
        <button type="submit" className="primary" disabled={busy}>
          {busy ? 'Asking …' : 'Next'}
        </button>
      </form>
    </Card>
  );
}
