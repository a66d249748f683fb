import { formatCount, formatSeconds } from '#console/format.ts';
import { Banner } from '#console/ui/banner.tsx';
import type { ProjectionsStatus } from '#server/projections/status.ts';

/** An append that stays open this long is worth a word; most are over in a few milliseconds. */
const HELD_SECONDS_MIN = 2;

/** Who holds the high-water mark, where somebody does. */
export function HeldBanner({ status }: { status: ProjectionsStatus }) {
  const { heldBy, highWaterMark, head } = status;
  if (heldBy === null || heldBy.openSeconds < HELD_SECONDS_MIN) return null;
  return (
    <Banner
      tone="warn"
      title={`High water is held at ${formatCount(highWaterMark)} by Postgres process ${heldBy.processId}`}
      evidence={heldBy.query}
    >
      {heldBy.applicationName || 'An unnamed program'}, {heldBy.state || 'active'}, its transaction open for{' '}
      {formatSeconds(heldBy.openSeconds)}. {formatCount(Number(head) - Number(highWaterMark))} newer positions wait for
      it; whatever is durable among them is delivered when it ends.
    </Banner>
  );
}
