'use client';

import { formatTime } from './format-time.ts';
import { useZone } from './settings.tsx';
import { readFailure } from './trpc-client.tsx';
import { Banner } from './ui/banner.tsx';
import { ErrorState } from './ui/error-state.tsx';

type Props = {
  /** What could not be done: "The events could not be read". */
  title: string;
  error: unknown;
  onRetry?: () => void;
  /** Milliseconds since 1970 of the data that is still shown (`dataUpdatedAt`); 0 where there is none. */
  dataAt?: number;
  className?: string;
};

/** A failed query as an error state, with the server's words and its request id; what may not be seen says what is missing. */
export function QueryError({ title, error, onRetry, dataAt = 0, className }: Props) {
  const zone = useZone();
  const { code, message, requestId, details } = readFailure(error);
  if (code === 'permission-denied') {
    return (
      <Banner
        tone="neutral"
        shape="stopped"
        title={
          <>
            This needs the permission <code>{String(details.permission)}</code>, which you do not have
          </>
        }
        className={className}
      >
        An administrator can give you a role that has it.
      </Banner>
    );
  }
  return (
    <ErrorState
      title={title}
      // The server begins with the field's name, as programs read it.
      message={`${message.charAt(0).toUpperCase()}${message.slice(1)}`}
      requestId={requestId}
      onRetry={onRetry}
      asOf={dataAt === 0 ? undefined : formatTime(dataAt, zone)}
      className={className}
    />
  );
}
