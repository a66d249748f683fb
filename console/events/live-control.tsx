'use client';

import { Pause, Play, Radio, X } from 'lucide-react';
import { formatCount } from '#console/format.ts';
import { LiveWord } from '#console/frame/live-word.tsx';
import { Button } from '#console/ui/button.tsx';
import type { StatusKind } from '#console/ui/status-shape.tsx';
import { type Tail, tailWords } from './live-tail-model.ts';
import { TOOLBAR_WORD } from './toolbar-room.ts';

type Props = {
  tail: Tail | null;
  onStart(): void;
  onStop(): void;
  onPause(): void;
  onResume(): void;
};

/** Begins, holds still, lets go on and ends the live tail. */
export function LiveControl({ tail, onStart, onStop, onPause, onResume }: Props) {
  if (tail === null) {
    return (
      <Button onClick={onStart} title="Follow new events (l)">
        <Radio strokeWidth={1.75} aria-hidden />
        <span className={TOOLBAR_WORD}>Live</span>
      </Button>
    );
  }
  const paused = tail.paused !== null;
  return (
    <div className="flex items-center gap-1.5">
      {tail.phase !== 'ended' && (
        <Button onClick={paused ? onResume : onPause} title={paused ? 'Go on (l)' : 'Hold still (l)'}>
          {paused ? <Play strokeWidth={1.75} aria-hidden /> : <Pause strokeWidth={1.75} aria-hidden />}
          {paused ? (tail.newCount > 0 ? `Show ${formatCount(tail.newCount)} new` : 'Go on') : 'Pause'}
        </Button>
      )}
      <Button variant="ghost" icon onClick={onStop} title="Stop following" aria-label="Stop following">
        <X strokeWidth={1.75} aria-hidden />
      </Button>
    </div>
  );
}

/** The state of the tail for the top bar: LIVE, PAUSED (12 new), RECONNECTING, GAP-FILLING or ENDED. */
export function TailWord({ tail }: { tail: Tail }) {
  const { word, detail } = tailWords(tail);
  return <LiveWord kind={shapeOf(tail)} word={word} note={detail === '' ? undefined : `(${detail})`} />;
}

function shapeOf(tail: Tail): StatusKind {
  if (tail.phase === 'ended') return 'stopped';
  if (tail.paused !== null) return 'paused';
  if (tail.phase === 'live') return 'running';
  return tail.phase === 'reconnecting' ? 'held' : 'working';
}
