import { cn } from './cn.ts';
import { TONE_SHAPE, type Tone } from './tone.ts';

/** Every state has a shape of its own, so that nobody has to tell colours apart. */
export type StatusKind = 'running' | 'working' | 'held' | 'failed' | 'paused' | 'stopped';

export const STATUS_TONE: Record<StatusKind, Tone> = {
  running: 'ok',
  working: 'tide',
  held: 'warn',
  failed: 'bad',
  paused: 'neutral',
  stopped: 'neutral',
};

type Props = {
  kind: StatusKind;
  /** Pixels: 14 in rows, 10 beside small text. */
  size?: number;
  /** Said to those who don't see it; leave it out where the word stands beside it. */
  label?: string;
  className?: string;
};

/** Dot, half-filled ring, triangle, octagon with ×, two bars or hollow square. */
export function StatusShape({ kind, size = 12, label, className }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 14 14"
      className={cn('shrink-0', TONE_SHAPE[STATUS_TONE[kind]], className)}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <Drawing kind={kind} />
    </svg>
  );
}

function Drawing({ kind }: { kind: StatusKind }) {
  switch (kind) {
    case 'running':
      return <circle cx="7" cy="7" r="3.6" fill="currentColor" />;
    case 'working':
      return (
        <>
          <circle cx="7" cy="7" r="4.7" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <path d="M7 2.3a4.7 4.7 0 0 1 0 9.4z" fill="currentColor" />
        </>
      );
    case 'held':
      return <path d="M7 1.9 13 12.2H1z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />;
    case 'failed':
      return (
        <>
          <path d="M4.4.8h5.2l3.6 3.6v5.2l-3.6 3.6H4.4L.8 9.6V4.4z" fill="currentColor" />
          <path d="m4.7 4.7 4.6 4.6m0-4.6L4.7 9.3" className="stroke-surface" strokeWidth="1.7" strokeLinecap="round" />
        </>
      );
    case 'paused':
      return <path d="M3.6 2.6h2.2v8.8H3.6zm4.6 0h2.2v8.8H8.2z" fill="currentColor" />;
    case 'stopped':
      return <path d="M2.9 2.9h8.2v8.2H2.9z" fill="none" stroke="currentColor" strokeWidth="1.8" />;
  }
}
