/** What the text of the filter field can become. */
export type FilterSuggestion =
  | { kind: 'category' | 'type' | 'stream' | 'corr' | 'actor' | 'q'; value: string; count: number | null }
  | { kind: 'pos'; value: string; count: null }
  | { kind: 'position'; value: string };

export type KnownValues = {
  categories: readonly { value: string; count: number }[];
  eventTypes: readonly { value: string; count: number }[];
  /** Streams whose ids have the text in them, likeliest first, with their events. */
  streams: readonly { value: string; count: number }[];
};

const SUGGESTIONS_MAX = 8;
const STREAM_ID = /^([A-Za-z][A-Za-z0-9_.]{0,62})-\S+$/;
const PREFIXED = /^(category|type|stream|corr|correlation|actor|text|positions|position):\s*(\S.*)$/i;
/** UUIDs, and hexadecimal ids such as a commit's. */
const CORRELATION_LIKE = /^[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{16,}$/i;
const POSITION = /^[\d,]+$/;

/** The part of a text that may stand in the id of a stream; null where it says that it is something else. */
export function streamText(text: string): string | null {
  const trimmed = text.trim();
  const prefixed = PREFIXED.exec(trimmed);
  if (prefixed === null) return trimmed;
  return prefixed[1]?.toLowerCase() === 'stream' ? (prefixed[2] ?? '').trim() : null;
}

/**
 * What an operator may mean by some letters, likeliest first: `type:…`, `actor:…` and so on say it outright; else known
 * types, categories and streams that contain the text, then a stream, a correlation, a position, an actor by the look of it.
 */
export function suggestFilters(text: string, known: KnownValues): FilterSuggestion[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const prefixed = PREFIXED.exec(trimmed);
  if (prefixed) return suggestPrefixed((prefixed[1] ?? '').toLowerCase(), (prefixed[2] ?? '').trim(), known);

  const whole = known.streams.find((stream) => stream.value === trimmed);
  const streams = known.streams
    .filter((stream) => stream !== whole)
    .map((stream) => ({ kind: 'stream' as const, ...stream }));
  const suggestions: FilterSuggestion[] = [
    ...matching(known.eventTypes, trimmed).map((item) => ({ kind: 'type' as const, ...item })),
    ...matching(known.categories, trimmed).map((item) => ({ kind: 'category' as const, ...item })),
  ].slice(0, SUGGESTIONS_MAX - streams.length);
  const category = STREAM_ID.exec(trimmed)?.[1];
  const typed: FilterSuggestion = { kind: 'stream', value: trimmed, count: whole?.count ?? null };
  // An id that no stream has comes after those that look like it.
  const likely =
    whole !== undefined || (streams.length === 0 && known.categories.some(({ value }) => value === category));
  suggestions.push(...streams);
  if (POSITION.test(trimmed)) suggestions.unshift(positionOf(trimmed));
  if (category !== undefined && likely) suggestions.unshift(typed);
  if (CORRELATION_LIKE.test(trimmed)) suggestions.unshift({ kind: 'corr', value: trimmed, count: null });
  if (category !== undefined && !likely && !CORRELATION_LIKE.test(trimmed)) suggestions.push(typed);
  suggestions.push({ kind: 'q', value: trimmed, count: null });
  suggestions.push({ kind: 'actor', value: trimmed, count: null });
  if (!CORRELATION_LIKE.test(trimmed)) suggestions.push({ kind: 'corr', value: trimmed, count: null });
  return suggestions.slice(0, SUGGESTIONS_MAX);
}

function suggestPrefixed(prefix: string, value: string, known: KnownValues): FilterSuggestion[] {
  switch (prefix) {
    case 'type':
      return matching(known.eventTypes, value).map((item) => ({ kind: 'type', ...item }));
    case 'category':
      return matching(known.categories, value).map((item) => ({ kind: 'category', ...item }));
    case 'position':
      return POSITION.test(value) ? [positionOf(value)] : [];
    case 'text':
      return [{ kind: 'q', value, count: null }];
    case 'positions':
      return /^\d*\s*[-~]\s*\d*$/.test(value) && /\d/.test(value)
        ? [{ kind: 'pos', value: value.replace(/\s*[-~]\s*/, '~'), count: null }]
        : [];
    case 'correlation':
    case 'corr':
      return [{ kind: 'corr', value, count: null }];
    case 'stream':
      return [
        ...known.streams.map((stream) => ({ kind: 'stream' as const, ...stream })),
        ...(known.streams.some((stream) => stream.value === value)
          ? []
          : [{ kind: 'stream' as const, value, count: null }]),
      ];
    default:
      return [{ kind: 'actor', value, count: null }];
  }
}

function positionOf(text: string): FilterSuggestion {
  return { kind: 'position', value: text.replaceAll(',', '').replace(/^0+(?=\d)/, '') };
}

/** Those that contain the text, those that begin with it first, then the more frequent. */
function matching(values: KnownValues['categories'], text: string): { value: string; count: number }[] {
  const wanted = text.toLowerCase();
  const begins = (value: string) => (value.toLowerCase().startsWith(wanted) ? 0 : 1);
  return values
    .filter((item) => item.value.toLowerCase().includes(wanted))
    .toSorted((a, b) => begins(a.value) - begins(b.value) || b.count - a.count)
    .slice(0, SUGGESTIONS_MAX)
    .map(({ value, count }) => ({ value, count }));
}
