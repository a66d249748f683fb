'use client';

import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';

type Props = {
  /** Milliseconds since 1970 of what is still shown. */
  dataAt: number;
  why: string;
  onRetry: () => void;
};

/** Says in a line that a card could not be refreshed; the trouble list has said the rest. */
export function StaleNote({ dataAt, why, onRetry }: Props) {
  const zone = useZone();
  return (
    <p role="status" className="flex items-center gap-2 px-4 text-ink-2 text-small" title={why}>
      <StatusShape kind="held" size={11} />
      as of {formatTime(dataAt, zone)}
      <Button variant="ghost" onClick={onRetry}>
        Retry
      </Button>
    </p>
  );
}
