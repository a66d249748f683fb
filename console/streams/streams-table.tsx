'use client';

import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useKeys } from '#console/keys/keys.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useChosen, useOpenChosen } from '#console/ui/use-chosen.ts';
import { GridCell, VirtualGrid } from '#console/ui/virtual-grid.tsx';
import type { StreamSummary } from '#server/explorer/explorer.ts';

const BY_ID =
  'gap-x-4 px-4 grid-cols-[minmax(0,1fr)_4rem] sm:grid-cols-[minmax(0,1fr)_4.5rem_10rem] lg:grid-cols-[minmax(0,1fr)_4.5rem_10.5rem_10.5rem]';
const WITH_GROWTH =
  'gap-x-4 px-4 grid-cols-[minmax(0,1fr)_4rem_4rem] sm:grid-cols-[minmax(0,1fr)_4.5rem_4.5rem_10rem] lg:grid-cols-[minmax(0,1fr)_4.5rem_4.5rem_10.5rem_10.5rem]';
const WIDE_ONLY = 'max-lg:hidden';
const NOT_PHONE = 'max-sm:hidden';

type Props = {
  streams: readonly (StreamSummary & { growth?: number })[];
  complete: boolean;
  /** Whether the rows say how many of the newest events are theirs. */
  growth: boolean;
  selected: string | null;
  /** Resolves when the choice stands in the address. */
  onSelect(streamId: string): Promise<unknown>;
  onRange?: ((first: number, last: number) => void) | undefined;
};

/** Streams as a grid; Enter or a click on the id opens one. */
export function StreamsTable({ streams, complete, growth, selected, onSelect, onRange }: Props) {
  const selectedIndex = selected === null ? -1 : streams.findIndex(({ streamId }) => streamId === selected);
  const zone = useZone();
  const chosen = useChosen(selectedIndex);
  const opening = useOpenChosen();
  const open = () => {
    const stream = streams[chosen.current];
    if (stream !== undefined) opening.open(routes.stream(stream.streamId));
  };
  const select = (index: number) => {
    chosen.current = Math.min(Math.max(index, 0), streams.length - 1);
    const stream = streams[chosen.current];
    if (stream !== undefined) opening.choosing(onSelect(stream.streamId));
  };
  const step = (delta: number) => select(chosen.current + delta);
  useKeys([
    { keys: 'j', label: 'Next stream', group: 'Streams', run: () => step(1) },
    { keys: 'k', label: 'Stream before', group: 'Streams', run: () => step(-1) },
    { keys: 'Enter', label: 'Open the stream', group: 'Streams', run: open },
  ]);
  return (
    <VirtualGrid
      label="Streams"
      template={growth ? WITH_GROWTH : BY_ID}
      columns={[
        { name: 'Stream' },
        { name: 'Version', className: 'text-end' },
        ...(growth ? [{ name: 'Growth', className: 'text-end' }] : []),
        { name: 'First event', className: WIDE_ONLY },
        { name: 'Last event', className: NOT_PHONE },
      ]}
      count={streams.length}
      complete={complete}
      rowKey={(index) => streams[index]?.streamId ?? String(index)}
      selectedIndex={selectedIndex}
      onSelect={select}
      onOpen={open}
      {...(onRange && { onRange })}
      className="h-[75dvh] lg:h-auto lg:flex-1"
      renderRow={(index) => {
        const stream = streams[index];
        if (stream === undefined) return null;
        return (
          <>
            <GridCell className="mono">
              <Link
                href={routes.stream(stream.streamId)}
                prefetch={false}
                tabIndex={-1}
                className="hover:text-tide hover:underline"
                title={stream.streamId}
              >
                {stream.streamId}
              </Link>
            </GridCell>
            <GridCell className="text-end">{formatCount(stream.streamVersion)}</GridCell>
            {growth && <GridCell className="text-end">+{formatCount(stream.growth ?? 0)}</GridCell>}
            <GridCell className={`text-ink-2 ${WIDE_ONLY}`}>{formatTime(stream.firstAt, zone)}</GridCell>
            <GridCell className={`text-ink-2 ${NOT_PHONE}`}>{formatTime(stream.lastAt, zone)}</GridCell>
          </>
        );
      }}
    />
  );
}
