import { formatCount } from '#console/format.ts';
import { actsOfVersion, rebuildOf } from '#console/projections/version-acts.ts';
import { routes } from '#console/routes.ts';
import type { EventHit } from '#server/explorer/searches.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';

/** Something the palette can do: go somewhere, or run something here. */
export type PaletteItem = {
  id: string;
  label: string;
  /** Beside the label, in ink-3. */
  note?: string;
  /** More words it is found by. */
  keywords?: string;
  target: { kind: 'go'; href: string } | { kind: 'run'; run: () => void };
};

export type PaletteGroup = { heading: string; items: PaletteItem[] };

const POSITION_TEXT = /^#?[\d][\d,.\s]*$/;
const STREAM_TEXT = /^[A-Za-z][A-Za-z0-9_.]{0,62}-\S.*$/;
const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is an id that a command, an event or a correlation can have: which of them, only the server knows. */
export function isUuid(text: string): boolean {
  return UUID_TEXT.test(text.trim());
}

/** Where a text leads by its form alone: a position, a stream id, a command id; and always to a search for it. */
export function directItems(text: string): PaletteItem[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const items: PaletteItem[] = [];
  const digits = trimmed.replaceAll(/[#,.\s]/g, '').replace(/^0+(?=\d)/, '');
  if (POSITION_TEXT.test(trimmed) && digits.length <= 13) {
    items.push(go(`event ${digits}`, `Event ${formatCount(digits)}`, routes.event(digits), 'by position'));
  }
  if (UUID_TEXT.test(trimmed)) {
    items.push(go(`run ${trimmed}`, `Command ${trimmed}`, routes.commandRun(trimmed.toLowerCase()), 'by command id'));
  } else if (STREAM_TEXT.test(trimmed)) {
    items.push(go(`stream ${trimmed}`, trimmed, routes.stream(trimmed), 'stream by id'));
  }
  return items;
}

/** The way to the search page, which always exists. */
export function searchItem(text: string): PaletteItem | null {
  const trimmed = text.trim();
  return trimmed === ''
    ? null
    : go(`search ${trimmed}`, `Search for “${trimmed}”`, routes.search({ q: trimmed }), 'all streams');
}

/** Events that an id or a position names; a correlation leads to all that it has. */
export function eventItems(text: string, hits: readonly FoundEvent[]): PaletteItem[] {
  const correlated = hits.some(({ match }) => match.by === 'correlation');
  const trace = go(`trace ${text}`, `Trace ${text.trim()}`, routes.trace(text.trim()), 'by correlation');
  return [
    ...(correlated ? [trace] : []),
    ...hits
      .filter(({ match }) => match.by === 'event id')
      .map(({ globalPosition, eventType, streamId }) =>
        go(
          `event ${globalPosition}`,
          `Event ${formatCount(globalPosition)}`,
          routes.event(globalPosition),
          `${eventType} of ${streamId}, by its id`,
        ),
      ),
  ];
}

type FoundEvent = Pick<EventHit, 'globalPosition' | 'eventType' | 'streamId' | 'match'>;

/** The acts on projections that can be done now; each leads to its sheet, which says what it touches before it is done. */
export function actItems(projections: readonly ProjectionStatus[]): PaletteItem[] {
  return projections.flatMap((projection) =>
    [rebuildOf(projection), ...projection.versions.flatMap((version) => actsOfVersion(projection, version))]
      .filter(({ why }) => why === null)
      .map(({ act, version, label }) => {
        const name = `${projection.name} v${version}`;
        const href = routes.projection(projection.name, { tab: 'versions', act, of: version });
        return go(`act ${act} ${name}`, `${label.replace('…', '')}: ${name}`, href, 'shows what it touches first');
      }),
  );
}

/** An item that goes somewhere. */
export function go(id: string, label: string, href: string, note?: string, keywords?: string): PaletteItem {
  return {
    id,
    label,
    target: { kind: 'go', href },
    ...(note === undefined ? {} : { note }),
    ...(keywords === undefined ? {} : { keywords }),
  };
}

/**
 * The items that a text means, the best first. Every word of it must be found: at the beginning of the label, of one of
 * its words, inside, or in the keywords, in this order of worth. Without a text all of them, as they came.
 */
export function matchItems(text: string, items: readonly PaletteItem[]): PaletteItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  return items
    .map((item) => ({ item, worth: Math.min(...words.map((word) => worthOf(word, item))) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ item }) => item);
}

function worthOf(word: string, { label, keywords = '', note = '' }: PaletteItem): number {
  const name = label.toLowerCase();
  if (name.startsWith(word)) return 4;
  // The parts of `PlaceOrder` are words too.
  const parts = label
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s\-_.]+/);
  if (parts.some((part) => part.startsWith(word))) return 3;
  if (name.includes(word)) return 2;
  return `${keywords} ${note}`.toLowerCase().includes(word) ? 1 : 0;
}

/** Keeps the groups that have something, and shows nothing twice. */
export function joinGroups(groups: readonly PaletteGroup[]): PaletteGroup[] {
  const seen = new Set<string>();
  return groups
    .map(({ heading, items }) => ({
      heading,
      items: items.filter(({ id, target }) => {
        const key = target.kind === 'go' ? target.href : id;
        return seen.has(key) ? false : seen.add(key);
      }),
    }))
    .filter(({ items }) => items.length > 0);
}
