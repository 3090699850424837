import { useState, type FormEvent } from 'react';
import type { LocalSettings } from '../config/config';
import { problemsOfLocal } from '../config/read-config';
import { Card } from './card';
import { Field } from './field';
import { Problems } from './problems';

interface LocalFormProps {
  readonly settings: LocalSettings;
  readonly onConnect: (settings: LocalSettings) => void;
}

/** Where the runtime is; the config says what the fields begin with. */
export function LocalForm({ settings, onConnect }: LocalFormProps) {
  const [server, setServer] = useState(settings.server);
  const [signalingPort, setSignalingPort] = useState(String(settings.signalingPort));
  const [mediaPort, setMediaPort] = useState(String(settings.mediaPort ?? ''));
  const [problems, setProblems] = useState<readonly string[]>([]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named: LocalSettings = {
      ...settings,
      server: server.trim(),
      signalingPort: Number(signalingPort),
      mediaPort: mediaPort.trim() === '' ? null : Number(mediaPort),
    };
    const found = problemsOfLocal(named);
    setProblems(found);
    if (found.length === 0) onConnect(named);
  };

  return (
    <Card title="Connect to an application" lead="One that runs on a machine of yours.">
      <form onSubmit={submit} noValidate>
        <Field label="Server" value={server} onChange={(e) => setServer(e.target.value)} />
        <div className="pair">
          <Field
            label="Signalling port"
            inputMode="numeric"
            value={signalingPort}
            onChange={(e) => setSignalingPort(e.target.value)}
          />
          <Field
            label="Media port"
            inputMode="numeric"
            placeholder="the runtime’s own"
            value={mediaPort}
            onChange={(e) => setMediaPort(e.target.value)}
          />
        </div>
        <Problems sentences={problems} />
        <button type="submit" className="primary">
          Connect
        </button>
      </form>
    </Card>
  );
}
