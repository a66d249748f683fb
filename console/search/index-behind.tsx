import { formatNumberOf, formatSeconds } from '#console/format.ts';
import { usePulse } from '#console/pulse.tsx';
import { routes } from '#console/routes.ts';
import { Banner } from '#console/ui/banner.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { indexBehind } from './index-behind-model.ts';

/** Says that the index lacks what is newer, and why, where it is further behind than it may be. */
export function IndexBehind() {
  const { pulse } = usePulse();
  const behind = indexBehind(pulse?.projections.projections ?? []);
  if (behind === undefined) return null;
  const { name, lag, lagEvents, lagSeconds } = behind;
  return (
    <Banner
      tone="warn"
      className="mt-3"
      title={`The index is ${formatNumberOf(lagEvents, 'event')} behind${lag.message === null ? '' : `: ${lag.message}`}`}
      actions={<ButtonLink href={routes.projection(name)}>Open the projection</ButtonLink>}
    >
      Streams are found by what they said {formatSeconds(lagSeconds)} ago; events, by what they are now.
    </Banner>
  );
}
