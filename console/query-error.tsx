'use client';

import { formatTime } from './format-time.ts';
import { useZone } from './settings.tsx';
import { readFailure } from './trpc-client.tsx';
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

/** A failed query as an error state, with the server's words and its request id. */
export function QueryError({ title, error, onRetry, dataAt = 0, className }: Props) {
  const zone = useZone();
  const { message, requestId } = readFailure(error);
  return (
    <ErrorState
      title={title}
      message={message}
      requestId={requestId}
      onRetry={onRetry}
      asOf={dataAt === 0 ? undefined : formatTime(dataAt, zone)}
      className={className}
    />
  );
}
