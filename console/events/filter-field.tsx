'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Filter } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { formatCount } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { useDebounced } from '#console/search/use-debounced.ts';
import { useStreamsLike } from '#console/streams/use-streams-like.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import { type FilterSuggestion, type KnownValues, streamText, suggestFilters } from './filter-text.ts';
import type { ChangeView } from './use-events-view.ts';

const KIND_LABEL: Record<FilterSuggestion['kind'], string> = {
  category: 'category is',
  type: 'type is',
  stream: 'stream is',
  corr: 'correlation is',
  actor: 'actor is',
  q: 'payload has',
  pos: 'positions',
  position: 'go to position',
};

/** Keys in quick succession are one question. */
const TYPING_MS = 150;
const STREAMS_MAX = 4;

type Props = { known: Omit<KnownValues, 'streams'>; onChange: ChangeView };

/** Says what some letters could mean as a filter; Enter takes the first meaning. */
export function FilterField({ known, onChange }: Props) {
  const [text, setText] = useState('');
  const router = useRouter();
  const wanted = streamText(text);
  const asked = useDebounced(wanted, TYPING_MS);
  const like = useStreamsLike(asked, STREAMS_MAX);
  const streams = useMemo(
    () =>
      wanted !== asked || !like.known
        ? []
        : like.streams.map(({ streamId, streamVersion }) => ({ value: streamId, count: streamVersion })),
    [wanted, asked, like.known, like.streams],
  );
  const suggestions = useMemo(() => suggestFilters(text, { ...known, streams }), [text, known, streams]);

  const take = (suggestion: FilterSuggestion) => {
    setText('');
    if (suggestion.kind === 'position') router.push(routes.event(suggestion.value));
    else if (suggestion.kind === 'category') onChange({ category: [suggestion.value], type: [] });
    else if (suggestion.kind === 'type') onChange({ type: [suggestion.value] });
    else onChange({ [suggestion.kind]: suggestion.value });
  };

  return (
    <Autocomplete.Root
      items={suggestions}
      value={text}
      onValueChange={(value, details) => {
        if (details.reason !== 'item-press') setText(value);
      }}
      itemToStringValue={(item: FilterSuggestion) => `${item.kind}:${item.value}`}
      filter={null}
      autoHighlight
    >
      <div className="relative">
        <Filter
          size={14}
          strokeWidth={1.75}
          className="pointer-events-none absolute start-2.5 top-2 text-ink-3"
          aria-hidden
        />
        <Autocomplete.Input
          data-filter-field
          aria-label="Filter events by type, category, stream, correlation, actor or position"
          placeholder="Filter events"
          className="h-8 w-full rounded-control border border-line-ctl bg-surface ps-8 pe-8 placeholder:text-ink-3"
        />
        <kbd
          className="pointer-events-none absolute end-2 top-1.5 rounded-badge border px-1.5 text-ink-3 text-micro"
          aria-hidden
        >
          /
        </kbd>
      </div>
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className="z-40">
          <Autocomplete.Popup className="enter-float w-80 max-w-[90vw] rounded-card bg-raised py-1 shadow-float">
            <Autocomplete.List>
              {(item: FilterSuggestion) => (
                <Autocomplete.Item
                  key={`${item.kind}:${item.value}`}
                  value={item}
                  aria-label={`${KIND_LABEL[item.kind]} ${item.value}`}
                  onClick={() => take(item)}
                  className="flex h-8 cursor-pointer items-center gap-2 px-3 data-highlighted:bg-sunken dark:data-highlighted:bg-line"
                >
                  <span className="shrink-0 text-ink-3 text-small">{KIND_LABEL[item.kind]}</span>
                  {item.kind === 'type' && <EventGlyph eventType={item.value} size={9} />}
                  {item.kind === 'stream' ? (
                    <LongName name={item.value} className="flex-1 font-medium" />
                  ) : (
                    <span className="min-w-0 flex-1 truncate font-medium">{item.value}</span>
                  )}
                  {'count' in item && item.count !== null && (
                    <span className="text-ink-3 text-small">{formatCount(item.count)}</span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
