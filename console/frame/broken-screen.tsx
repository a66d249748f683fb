'use client';

import { ErrorState } from '#console/ui/error-state.tsx';
import { Screen } from './screen.tsx';

/** A page that failed while it was drawn; the rest of the console stands. */
export function BrokenScreen({
  digest,
  message,
  onRetry,
}: {
  digest: string | null;
  message: string;
  onRetry: () => void;
}) {
  return (
    <Screen title="This page failed">
      <ErrorState title="This page could not be drawn" message={message} requestId={digest} onRetry={onRetry} />
    </Screen>
  );
}
