import type { Viewer } from './viewer-state';

/** What stands before the picture while there is something to wait for. */
export function Curtain({ viewer: { phase, info, loading } }: { readonly viewer: Viewer }) {
  if (phase === 'playing' && !loading.busy) return null;
  const title = phase === 'reconnecting' ? 'Reconnecting' : 'Connecting';
  return (
    <div className="curtain" role="status">
      <div>
        <h2>{loading.busy ? 'Loading the stage' : title}</h2>
        <p>{loading.busy ? loading.message : info}</p>
        {loading.progress === undefined ? (
          <progress aria-label="Waiting" />
        ) : (
          <progress aria-label="Loading" value={loading.progress} />
        )}
      </div>
    </div>
  );
}
