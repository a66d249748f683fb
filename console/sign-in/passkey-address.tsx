import type { passkeysHere } from './passkey.ts';

/** Why no passkey can be used at this address, and the address at which one can. */
export function PasskeyAddress({ here: { why, elsewhere } }: { here: ReturnType<typeof passkeysHere> }) {
  return (
    <p className="pt-1 text-ink-3 text-small">
      {why}{' '}
      {elsewhere === undefined ? null : (
        <a href={`${elsewhere}${window.location.pathname}${window.location.search}`} className="underline">
          Go to {elsewhere.replace(/^.*\/\//, '')}
        </a>
      )}
    </p>
  );
}
