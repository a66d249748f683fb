'use client';

import { formatTime } from '#console/format-time.ts';
import { useKeys } from '#console/keys/keys.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { type EventsView, frozen, RANGES } from './events-view.ts';

/** The stretch of time in the top bar, and a link that will show the same tomorrow. */
export function EventsNote({
  view,
  now,
  tail,
}: {
  view: EventsView;
  now: number;
  tail: readonly RecordedEvent[] | undefined;
}) {
  const zone = useZone();
  const time = (at: string) => formatTime(at, zone, { date: 'always' });
  const link = () => new URL(frozenHref(view, now, tail), window.location.origin).href;
  useKeys([{ keys: 'y', label: 'Copy link', group: 'Events', run: () => void navigator.clipboard.writeText(link()) }]);
  return (
    <span className="flex items-center gap-2">
      {view.from === null && view.to === null
        ? RANGES[view.range ?? 'all'].label
        : `${view.from === null ? 'the beginning' : time(view.from)} to ${view.to === null ? 'now' : time(view.to)}`}
      <CopyButton text={link} label="Copy a link to exactly this (y)">
        Copy link
      </CopyButton>
    </span>
  );
}

/** The address of the view with every relative time made absolute. */
function frozenHref(view: EventsView, now: number, tail: readonly RecordedEvent[] | undefined): string {
  const { category, type, live: _live, ...rest } = frozen(view, now, tail);
  return routes.events({
    ...rest,
    category: category.length > 0 ? category.join(',') : null,
    type: type.length > 0 ? type.join(',') : null,
  });
}
