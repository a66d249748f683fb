import type { ReactNode } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';

type Props = {
  /** What could not be done: "The events could not be read". */
  title: ReactNode;
  /** Why, in the server's words. */
  message: string;
  requestId?: string | null;
  onRetry?: () => void;
  /** Where older data stays in sight: the time it is of. */
  asOf?: string;
  className?: string;
};

/** What failed, under which request id, and Retry. Old data stays beside it. */
export function ErrorState({ title, message, requestId, onRetry, asOf, className }: Props) {
  return (
    <Banner
      tone="bad"
      title={title}
      className={className}
      actions={onRetry === undefined ? undefined : <Button onClick={onRetry}>Retry</Button>}
    >
      <p>{message}</p>
      <p className="text-ink-3 text-small">
        {asOf === undefined ? null : <>What is shown is as of {asOf}. </>}
        {requestId === undefined || requestId === null ? null : (
          <>
            Request <code className="select-all text-ink-2">{requestId}</code>
          </>
        )}
      </p>
    </Banner>
  );
}
