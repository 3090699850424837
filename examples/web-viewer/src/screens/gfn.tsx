import { useEffect, useState } from 'react';
import type { GfnSettings } from '../config/config';
import { Card } from './card';
import { sentenceOf } from './problems';

interface GfnProps {
  readonly settings: GfnSettings;
  readonly onEnded: (message: string) => void;
}

/** What NVIDIA's library has to have for the hand-over. */
interface Library {
  readonly AppStreamer?: { connect(props: object): Promise<unknown> };
}

/** GeForce NOW is a service of NVIDIA's: their library does it, or nobody. */
export function Gfn({ settings, onEnded }: GfnProps) {
  return settings.library ? (
    <HandedOver settings={settings} library={settings.library} onEnded={onEnded} />
  ) : (
    <Card
      title="GeForce NOW is a service of NVIDIA’s"
      lead="Vitrine does not stream from it, and this front end does not bring NVIDIA’s library."
    >
      <p>
        If you have the library, say its address in <code>gfn.library</code> of{' '}
        <code>stream.config.json</code>: a JavaScript module that exports <code>AppStreamer</code>.
        Or have <code>source</code> say <code>local</code> or <code>stream</code>.
      </p>
    </Card>
  );
}

function HandedOver({ settings, library, onEnded }: GfnProps & { readonly library: string }) {
  const [status, setStatus] = useState(`Loading ${library}.`);

  useEffect(() => {
    const { catalogClientId, clientId, cmsId } = settings;
    const streamConfig = {
      videoElementId: 'remote-video',
      audioElementId: 'remote-audio',
      catalogClientId,
      clientId,
      cmsId,
      onStart: () => setStatus(''),
      onTerminate: () => onEnded('The service has ended the stream.'),
    };
    load(library)
      .then((streamer) => streamer.connect({ streamSource: 'gfn', streamConfig }))
      .catch((failure: unknown) => onEnded(sentenceOf(failure)));
  }, []);

  return (
    <main className="viewer">
      <div className="picture">
        <video id="remote-video" tabIndex={0} autoPlay playsInline muted />
        <audio id="remote-audio" autoPlay muted />
        {status && <p role="status">{status}</p>}
      </div>
    </main>
  );
}

async function load(library: string): Promise<NonNullable<Library['AppStreamer']>> {
  const address = new URL(library, document.baseURI).href;
  const { AppStreamer } = await importFrom(address);
  if (typeof AppStreamer?.connect === 'function') return AppStreamer;
  throw new Error(`${address} exports no AppStreamer with a connect. Is gfn.library right?`);
}

async function importFrom(address: string): Promise<Library> {
  try {
    return (await import(/* @vite-ignore */ address)) as Library;
  } catch (cause) {
    const why = `${address} cannot be loaded. Is gfn.library right?`;
    throw new Error(why, { cause });
  }
}
