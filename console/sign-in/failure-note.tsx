import { formatSeconds } from '#console/format.ts';
import type { AuthFailure } from './auth-api.ts';

/** Why a try was not taken: the server's words, or how long tries have to wait, counted down. */
export function FailureNote({ failure, secondsLeft }: { failure: AuthFailure | null; secondsLeft: number }) {
  if (failure === null) return null;
  if (failure.code === 'sign-in-delayed') {
    return (
      <div className="rounded-control border border-warn-line bg-warn-soft px-3 py-2">
        {secondsLeft === 0 ? (
          <p role="status">The next try is taken now.</p>
        ) : (
          <>
            <p role="alert" className="font-medium">
              Too many tries. Nothing is locked: it only has to wait.
            </p>
            {/* Read aloud once, above; not at every second. */}
            <p aria-hidden className="text-ink-2">
              The next try is taken in <span className="font-medium text-ink">{formatWait(secondsLeft)}</span>.
            </p>
          </>
        )}
      </div>
    );
  }
  return (
    <p role="alert" className="text-bad">
      {sentence(failure.message)}
    </p>
  );
}

/** Whole seconds, since it counts them down. */
export function formatWait(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatSeconds(seconds);
}

/** A message of the server as a sentence of its own. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
