import { cn } from './cn.ts';
import { eventHue, type GlyphKind, glyphKind, hueColor } from './event-glyph-model.ts';

type Props = {
  eventType: string;
  /** Where the event failed or is parked, whatever its name. */
  failed?: boolean;
  size?: number;
  className?: string;
};

/** The mark of an event type: its kind is the shape, its name the hue. The type's name always stands beside it. */
export function EventGlyph({ eventType, failed = false, size = 10, className }: Props) {
  const kind = failed ? 'failed' : glyphKind(eventType);
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 10 10"
      aria-hidden
      className={cn('shrink-0', className)}
      style={{ color: kind === 'failed' ? 'var(--bad-solid)' : hueColor(eventHue(eventType)) }}
    >
      <Drawing kind={kind} />
    </svg>
  );
}

function Drawing({ kind }: { kind: GlyphKind }) {
  switch (kind) {
    case 'opens':
      return <circle cx="5" cy="5" r="3.7" fill="currentColor" />;
    case 'step':
      return <path d="M1.7 1.7h6.6v6.6H1.7z" fill="currentColor" />;
    case 'ends':
      return <path d="m5 .6 4.4 4.4L5 9.4.6 5z" fill="currentColor" />;
    case 'undoes':
      return <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'failed':
      return <path d="m1.9 1.9 6.2 6.2m0-6.2L1.9 8.1" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />;
  }
}
