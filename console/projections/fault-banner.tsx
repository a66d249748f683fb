'use client';

import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { isWithoutWorker, PROJECTION_STATUS } from '#console/projection-status.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';

/** What a projection fails at, or why it does not move. */
export function FaultBanner({ projection }: { projection: ProjectionStatus }) {
  const zone = useZone();
  const { name, state, fault, lag, checkpoint } = projection;
  if (fault !== null) {
    return (
      <Banner
        tone="bad"
        title={`${name} fails at position ${formatCount(fault.position)}`}
        evidence={fault.message}
        actions={<ButtonLink href={routes.event(fault.position)}>Open the event</ButtonLink>}
      >
        Since {formatTime(fault.since, zone)}, tried {formatNumberOf(fault.attempts, 'time')}, and again with growing
        delay. Nothing after it is applied, nothing is skipped.
      </Banner>
    );
  }
  if (isWithoutWorker(projection)) {
    return (
      <Banner tone="warn" title={`${name} is ${PROJECTION_STATUS[state].word}: ${lag.message}`}>
        It stands at {formatCount(checkpoint)}. Events are durable meanwhile, and it goes on from there when a worker is
        back: npm start runs one, or npm run worker.
      </Banner>
    );
  }
  if (state === 'stalled') {
    return (
      <Banner tone="warn" title={`${name} is stalled at ${formatCount(checkpoint)}`}>
        It is behind, and its checkpoint has not moved for 30 s. A lock that its rows wait for is the usual cause.
      </Banner>
    );
  }
  return null;
}
