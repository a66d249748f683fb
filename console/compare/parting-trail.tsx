import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { SIDE_COLOUR } from './side-mark.tsx';

type Version = { version: number; eventType: string };
type Props = { versions: readonly Version[]; at: Version; a: string; b: string };

/** The last versions as glyphs on one line, which parts at the event: version a solid, version b dashed. */
export function PartingTrail({ versions, at, a, b }: Props) {
  const before = versions.filter(({ version }) => version < at.version);
  const earlier = (before[0]?.version ?? at.version) > 1;
  return (
    <div className="flex items-center pt-1">
      <ol
        className="flex min-w-0 shrink items-start overflow-hidden pt-3"
        aria-label="Versions up to the one at which they part"
      >
        {earlier ? (
          <li aria-hidden className="flex h-6 items-center pr-1 text-ink-3 text-small">
            …
          </li>
        ) : null}
        {before.map(({ version, eventType }) => (
          <li
            key={version}
            title={eventType}
            className="flex w-9 shrink-0 flex-col items-center text-micro max-sm:nth-[n+4]:hidden"
          >
            <span className="flex h-6 w-full items-center">
              <span className="h-[3px] min-w-0 grow bg-line-2" />
              <EventGlyph eventType={eventType} className="mx-1" />
              <span className="h-[3px] min-w-0 grow bg-line-2" />
            </span>
            <span className="text-ink-3">{version}</span>
            <span className="sr-only">{eventType}, equal</span>
          </li>
        ))}
        <li title={at.eventType} className="flex w-9 shrink-0 flex-col items-center text-micro">
          <span className="flex h-6 w-full items-center">
            {before.length > 0 ? <span className="h-[3px] min-w-0 grow bg-line-2" /> : null}
            <span className="flex size-[22px] items-center justify-center rounded-dot border-2 border-ink">
              <EventGlyph eventType={at.eventType} size={11} />
            </span>
          </span>
          <span className="font-semibold">{at.version}</span>
          <span className="sr-only">{at.eventType}, here they part</span>
        </li>
      </ol>
      <svg width="44" height="64" viewBox="0 0 44 64" aria-hidden className="shrink-0">
        <path d="M0 30C22 30 20 10 44 10" fill="none" stroke={SIDE_COLOUR.a} strokeWidth="2.4" />
        <path d="M0 30C22 30 20 52 44 52" fill="none" stroke={SIDE_COLOUR.b} strokeWidth="2.4" strokeDasharray="5 3" />
      </svg>
      <div className="flex h-16 min-w-0 grow flex-col justify-between pl-2 text-small">
        <span className="truncate" title={a}>
          {a}
        </span>
        <span className="truncate" title={b}>
          {b}
        </span>
      </div>
    </div>
  );
}
