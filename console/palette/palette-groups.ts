'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useNavGroups } from '#console/frame/use-nav-groups.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { usePulse } from '#console/pulse.tsx';
import { readSegment, routes } from '#console/routes.ts';
import { useStreamsLike } from '#console/streams/use-streams-like.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import {
  actItems,
  directItems,
  eventItems,
  go,
  isUuid,
  joinGroups,
  matchItems,
  type PaletteGroup,
  type PaletteItem,
  searchItem,
} from './palette-model.ts';
import { recentItems } from './recent.ts';

const PAUSE_MS = 150;
const HITS = 6;

const OWN_PAGES: PaletteItem[] = [
  go(
    'page Security',
    'Account and security',
    routes.security(),
    undefined,
    'page password second factor passkey codes',
  ),
  go('page Sessions', 'Sessions', routes.sessions(), undefined, 'page devices where signed in'),
  go('page Design', 'Design', routes.design(), undefined, 'page components states tokens'),
];

/** What the palette offers for a text, group by group. `settings` are the actions of the frame. */
export function usePaletteGroups(
  text: string,
  open: boolean,
  settings: readonly PaletteItem[],
): { groups: PaletteGroup[]; searching: boolean; failed: boolean } {
  const trpc = useTRPC();
  const pathname = usePathname();
  const { pulse } = usePulse();
  const asked = usePaused(text.trim());
  const types = useQuery(trpc.commands.types.queryOptions(undefined, { enabled: open, staleTime: 300_000 }));
  const hits = useQuery(
    trpc.search.query.queryOptions(open && asked.length >= 2 ? { q: asked.slice(0, 256), limit: HITS } : skipToken),
  );
  const byId = useQuery(trpc.search.events.queryOptions(open && isUuid(asked) ? { q: asked, limit: HITS } : skipToken));
  const like = useStreamsLike(open ? asked : null, HITS);
  const recent = useMemo(() => (open ? recentItems(pathname) : []), [open, pathname]);

  const pages = useNavGroups().flatMap(({ items }) =>
    items.map(({ label, href }) => go(`page ${label}`, label, href, undefined, 'page')),
  );
  const projections = (pulse?.projections.projections ?? []).map(({ name, state }) =>
    go(`projection ${name}`, name, routes.projection(name), `projection, ${PROJECTION_STATUS[state].word}`),
  );
  const acts = actItems(pulse?.projections.projections ?? []);
  const here = streamOf(pathname);
  const commands = (types.data?.commands ?? [])
    .map((type) => ({ ...type, stream: here?.startsWith(`${type.category}-`) && !type.opensStream ? here : null }))
    .sort((a, b) => Number(b.stream !== null) - Number(a.stream !== null))
    .map(({ commandType, category, title, stream }) =>
      go(
        `command ${commandType}`,
        commandType,
        routes.command(commandType, { stream }),
        `send to ${stream ?? category}`,
        title,
      ),
    );
  // A command that was opened before would stand above the same one for this stream.
  const toHere = (href: string) =>
    commands.some(({ target }) => target.kind === 'go' && target.href.startsWith(`${href}?`));
  const elsewhere = recent.filter(({ target }) => target.kind === 'go' && !toHere(target.href));
  const found = (asked === '' ? [] : [...(hits.data?.hits ?? []), ...like.streams]).map((hit) =>
    go(`hit ${hit.streamId}`, hit.streamId, routes.stream(hit.streamId), hitNote(asked, hit)),
  );
  const search = searchItem(text);
  const typed = text.trim() !== '';
  const searching = typed && (asked !== text.trim() || hits.isFetching || byId.isFetching || like.isFetching);
  // Until it is known whose id it is, Enter must not lead to a command that there may not be.
  const direct = isUuid(text) && searching ? [] : directItems(text);
  const streams = { heading: 'Streams', items: found };
  // What is found comes before a stream that has such an id only if there is one: `cus-lovelace` is a customer.
  const certain = searching || direct.every(({ id }) => !id.startsWith('stream ')) || isFound(found, text);
  return {
    searching,
    failed: hits.isError || byId.isError || like.isError,
    groups: joinGroups([
      ...(certain ? [] : [streams]),
      { heading: 'By id', items: searching ? [] : eventItems(text, byId.data?.hits ?? []) },
      {
        heading: 'Go to',
        items: certain ? direct : direct.map((item) => ({ ...item, note: 'by id; no stream was found that has it' })),
      },
      { heading: 'Recent', items: matchItems(text, elsewhere).slice(0, typed ? 3 : 8) },
      { heading: 'Pages', items: matchItems(text, [...pages, ...OWN_PAGES]) },
      { heading: 'Projections', items: matchItems(text, projections) },
      { heading: 'Act on a projection', items: typed ? matchItems(text, acts).slice(0, 6) : [] },
      { heading: 'Send a command', items: matchItems(text, commands).slice(0, typed ? 6 : 20) },
      streams,
      { heading: 'Here', items: matchItems(text, settings) },
      { heading: 'Everywhere', items: search === null ? [] : [search] },
    ]),
  };
}

/** What tells a found stream from the one that was typed: `order-17` is not `order-1`. */
function hitNote(asked: string, { streamId, title }: { streamId: string; title?: string }): string | undefined {
  if (asked.includes('-') && streamId !== asked && streamId.startsWith(asked)) return `its id begins with ${asked}`;
  if (title === undefined) return `its id contains ${asked}`;
  return streamId.endsWith(title) ? undefined : title;
}

/** The stream whose page is open. */
function streamOf(pathname: string): string | null {
  const [, name] = /^\/streams\/([^/]+)$/.exec(pathname) ?? [];
  return name === undefined ? null : readSegment(name);
}

function isFound(found: readonly PaletteItem[], streamId: string): boolean {
  return found.some(({ label }) => label === streamId.trim());
}

/** The text once nobody has typed for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(paused);
}
