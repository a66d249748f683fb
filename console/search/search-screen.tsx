'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { READING, Screen } from '#console/frame/screen.tsx';
import { useKeys } from '#console/keys/keys.tsx';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { InputGroup } from '#console/ui/input.tsx';
import { Kbd } from '#console/ui/kbd.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { CategoryChoice } from './category-choice.tsx';
import { areEventsMeant } from './events-meant.ts';
import { IndexBehind } from './index-behind.tsx';
import { SearchEvents } from './search-events.tsx';
import { SearchHits } from './search-hits.tsx';
import { useTypedText } from './use-typed-text.ts';

/** Keys in quick succession are one question. */
const TYPING_MS = 120;
const HITS_MAX = 50;
const EVENTS_MAX = 20;

/** Full text over the search read model, and events by what they are, as one types. */
export function SearchScreen() {
  const [view, setView] = useQueryStates(
    { q: parseAsString.withDefault(''), category: parseAsString, hit: parseAsInteger.withDefault(0) },
    { history: 'replace', clearOnDefault: true },
  );
  const selected = Math.max(0, view.hit);
  const setSelected = (hit: number) => void setView({ hit });
  const field = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const trpc = useTRPC();
  const write = useCallback((q: string) => void setView({ q, hit: 0 }), [setView]);
  const { text, setText, settled: asked } = useTypedText(view.q, write, TYPING_MS);

  const query = useQuery(
    trpc.search.query.queryOptions(
      { q: asked, category: view.category ?? undefined, limit: HITS_MAX },
      { enabled: asked !== '', placeholderData: keepPreviousData },
    ),
  );
  const events = useQuery(
    trpc.search.events.queryOptions(
      { q: asked, limit: EVENTS_MAX },
      { enabled: asked !== '', placeholderData: keepPreviousData },
    ),
  );
  const hits = asked === '' ? [] : (query.data?.hits ?? []);
  const eventHits = asked === '' ? [] : (events.data?.hits ?? []);
  const found = hits.length + eventHits.length;
  // What was named exactly stands above what only resembles it.
  const eventsFirst = asked !== '' && events.data !== undefined && areEventsMeant(asked, events.data, hits);
  const [firstHit, firstEvent] = eventsFirst ? [eventHits.length, 0] : [0, hits.length];
  const step = (delta: number) => setSelected(Math.min(Math.max(selected + delta, 0), Math.max(0, found - 1)));
  const open = (index: number) => {
    const hit = hits[index - firstHit];
    const event = eventHits[index - firstEvent];
    if (hit !== undefined) router.push(routes.stream(hit.streamId));
    else if (event !== undefined) router.push(routes.event(event.globalPosition));
  };
  // Enter means what was typed: until its hits are there, those on the screen answer the question before.
  const [entered, setEntered] = useState(false);
  const settled = asked === text.trim() && query.data !== undefined && !query.isPlaceholderData;
  const openSelected = useEffectEvent(() => open(selected));
  useEffect(() => {
    if (!entered || !settled) return;
    setEntered(false);
    openSelected();
  }, [entered, settled]);
  useKeys([
    { keys: 'j', label: 'Next hit', group: 'Search', run: () => step(1) },
    { keys: 'k', label: 'Hit before', group: 'Search', run: () => step(-1) },
    { keys: 'Enter', label: 'Open the hit', group: 'Search', run: () => open(selected) },
    { keys: '/', label: 'Search', group: 'Search', run: () => field.current?.focus() },
  ]);

  const eventsPart = (
    <>
      {events.isError && asked !== '' && (
        <QueryError
          title="The events could not be searched"
          error={events.error}
          onRetry={() => void events.refetch()}
          className="mt-4"
        />
      )}
      {asked !== '' && events.data !== undefined && (
        <SearchEvents
          q={asked}
          found={events.data}
          selected={selected - firstEvent}
          onSelect={(index) => setSelected(firstEvent + index)}
        />
      )}
    </>
  );

  return (
    <Screen title="Search">
      <div className={READING}>
        <search>
          <InputGroup
            ref={field}
            autoFocus
            enterKeyHint="search"
            autoComplete="off"
            aria-label="Search streams and events"
            placeholder="A name, a word, an id, a position, a type"
            value={text}
            before={<Search strokeWidth={1.75} aria-hidden />}
            after={<Kbd>/</Kbd>}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setEntered(false);
            }}
            onKeyDown={(event) => {
              const delta = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (delta !== undefined) step(delta);
              else if (event.key === 'Enter') setEntered(text.trim() !== '');
              else if (event.key === 'Escape' && text === '') field.current?.blur();
              else return;
              event.preventDefault();
            }}
          />
          <CategoryChoice chosen={view.category} onChoose={(category) => void setView({ category })} />
        </search>
        <IndexBehind />
        <p className="mt-3 mb-1.5 h-5 text-ink-3 text-small" role="status">
          {asked !== '' &&
            query.data !== undefined &&
            !query.isPlaceholderData &&
            countText(hits.length, query.data.rankedMax)}
        </p>
        {eventsFirst && <div className="mb-5 [&>section]:mt-0">{eventsPart}</div>}
        {query.isError && asked !== '' ? (
          <QueryError title="The search failed" error={query.error} onRetry={() => void query.refetch()} />
        ) : asked === '' ? (
          <EmptyState title="Search orders, stock, payments and any imported stream.">
            A beginning of a word is enough, and a misspelt word finds too. Matches are of each stream’s present state.
          </EmptyState>
        ) : query.data === undefined ? (
          <SkeletonLines rows={8} rowHeight={56} label="hits" />
        ) : hits.length === 0 ? (
          <EmptyState
            title={`No stream matches “${asked}”${view.category === null ? '' : ` in category “${view.category}”`}.`}
            action={
              view.category !== null && (
                <Button onClick={() => void setView({ category: null })}>Search all categories</Button>
              )
            }
          >
            Streams are found by what they say now, misspelt words included; events by position, id, correlation, type,
            and by a text in the newest payloads.
          </EmptyState>
        ) : (
          <SearchHits
            q={asked}
            hits={hits}
            selected={selected - firstHit}
            stale={query.isPlaceholderData}
            onSelect={(index) => setSelected(firstHit + index)}
          />
        )}
        {!eventsFirst && eventsPart}
      </div>
    </Screen>
  );
}

function countText(count: number, rankedMax: number | null): string {
  if (rankedMax !== null) return `The best ${count} of the first ${formatCount(rankedMax)} that match; there are more`;
  return count >= HITS_MAX ? `The best ${HITS_MAX} hits` : formatNumberOf(count, 'hit');
}
