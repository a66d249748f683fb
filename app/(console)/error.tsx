'use client';

import { BrokenScreen } from '#console/frame/broken-screen.tsx';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <BrokenScreen digest={error.digest ?? null} message={error.message} onRetry={reset} />;
}
