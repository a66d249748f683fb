'use client';

import { usePulse } from '#console/pulse.tsx';
import { cn } from '#console/ui/cn.ts';
import { STATUS_TONE, type StatusKind, StatusShape } from '#console/ui/status-shape.tsx';
import { TONE_TEXT } from '#console/ui/tone.ts';

/**
 * A state in capitals: the only ones in the product. What stands beside it is in ordinary letters. Where all is well a
 * small screen leaves the room to the page's name, and keeps the shape.
 */
export function LiveWord({ kind, word, note }: { kind: StatusKind; word: string; note?: string }) {
  return (
    <span role="status" className="flex items-center gap-1.5 whitespace-nowrap">
      <StatusShape kind={kind} size={11} />
      <span className={cn('live-caps', kind === 'running' && 'max-sm:sr-only', TONE_TEXT[STATUS_TONE[kind]])}>
        {word.toUpperCase()}
      </span>
      {note === undefined ? null : <span className="text-ink-2 text-small">{note}</span>}
    </span>
  );
}

/** How the connection to the server stands, in a word. */
export function PulseWord() {
  const { pulse, state } = usePulse();
  if (state === 'connecting') return <LiveWord kind="working" word="Connecting" />;
  if (state === 'reconnecting') return <LiveWord kind="held" word="Reconnecting" />;
  if (pulse?.database.ok === false) return <LiveWord kind="failed" word="No database" />;
  if (pulse?.projections.head === '0') return <LiveWord kind="paused" word="Waiting for events" />;
  return <LiveWord kind="running" word="Live" />;
}
