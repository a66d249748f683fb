'use client';

import { ErrorState } from '#console/ui/error-state.tsx';
import './globals.css';

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-2xl p-6 pt-24">
          <title>Tidemark</title>
          <ErrorState
            title="The console could not be drawn"
            message="Nothing that is recorded is affected. Events, commands and projections go on."
            requestId={error.digest}
            onRetry={reset}
          />
        </main>
      </body>
    </html>
  );
}
