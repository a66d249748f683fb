'use client';

import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { readFailure } from '#console/trpc-client.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { ButtonLink } from '#console/ui/button.tsx';

/** Why an act was not done. Where a second operator must approve, that is no error: it was asked, and is done with the same fields. */
export function NotDone({ failure }: { failure: unknown }) {
  const { code, message } = readFailure(failure);
  if (code !== 'approval-required') return <QueryError title="It was not done" error={failure} />;
  return (
    <Banner
      tone="warn"
      title="A second operator must approve it"
      actions={<ButtonLink href={routes.approvals()}>See approvals</ButtonLink>}
    >
      {message}. Once it is approved, do it again here with the same fields.
    </Banner>
  );
}
