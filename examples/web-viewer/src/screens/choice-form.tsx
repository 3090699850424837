import { useMemo, useState, type FormEvent } from 'react';
import type { StreamSettings } from '../config/config';
import { Services, type Session } from '../services/services';
import { Card } from './card';
import { Options, type Option } from './options';
import { Problems, sentenceOf } from './problems';
import { useLoaded, type Loaded } from './use-loaded';

/** A session as it was told, and where it is. */
export interface SessionTold {
  readonly settings: StreamSettings;
  readonly backendUrl: string;
  readonly session: Session;
}

interface ChoiceFormProps {
  readonly settings: StreamSettings;
  readonly onBack: () => void;
  readonly onSession: (told: SessionTold) => void;
}

/** Application, version, profile: each is asked for when the one before is chosen. The first is proposed. */
export function ChoiceForm({ settings, onBack, onSession }: ChoiceFormProps) {
  const services = useMemo(() => new Services(settings), [settings]);
  const [chosen, setChosen] = useState<{ app?: string; version?: string; profile?: string }>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const apps = useLoaded('all', () => services.applications());
  const app = chosen.app ?? firstOf(apps);
  const versions = useLoaded(app, async () => (await services.versions(app!)).map(optionOf));
  const version = chosen.version ?? firstOf(versions);
  const ofVersion = app && version && JSON.stringify([app, version]);
  const profiles = useLoaded(ofVersion, () => services.profiles(app!, version!));
  const profile = chosen.profile ?? firstOf(profiles);
  const choice = app && version && profile ? { id: app, version, profile } : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!choice) return;
    setBusy(true);
    try {
      const session = await services.create(choice);
      onSession({ settings, session, backendUrl: services.backendUrl });
    } catch (failure) {
      setProblem(sentenceOf(failure));
      setBusy(false);
    }
  };

  return (
    <Card title="What do you want to see?">
      <form onSubmit={(event) => void submit(event)}>
        <Options
          legend="Application"
          options={apps}
          none="The server offers no application."
          chosen={app}
          onChoose={(id) => setChosen({ app: id })}
        />
        {app && (
          <Options
            legend="Version"
            options={versions}
            none="No version of it can be started."
            chosen={version}
            onChoose={(id) => setChosen({ app, version: id })}
          />
        )}
        {version && (
          <Options
            legend="Profile"
            options={profiles}
            none="No profile can run this version."
            chosen={profile}
            onChoose={(id) => setChosen({ app: app!, version, profile: id })}
          />
        )}
        <Problems sentences={problem ? [problem] : []} />
        <div className="buttons">
          <button type="button" disabled={busy} onClick={onBack}>
            Back
          </button>
          <button type="submit" className="primary" disabled={busy || !choice}>
            {busy ? 'Starting …' : 'Start'}
          </button>
        </div>
      </form>
    </Card>
  );
}

function firstOf(options: Loaded<readonly Option[]>): string | undefined {
  return options.state === 'loaded' ? options.value[0]?.id : undefined;
}

function optionOf(version: string): Option {
  return { id: version, name: version };
}
