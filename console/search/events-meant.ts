import type { EventHits, SearchHit } from '#server/explorer/searches.ts';

/**
 * Whether a text means events rather than streams: it is the position, id or correlation of one, or the name of a type;
 * or it resembles the name of a type, and every stream only resembles it.
 */
export function areEventsMeant(
  text: string,
  { hits, types }: Pick<EventHits, 'hits' | 'types'>,
  streams: readonly Pick<SearchHit, 'streamId' | 'match'>[],
): boolean {
  if (streams.some(({ streamId }) => streamId === text)) return false;
  if (hits.some(({ match }) => match.by !== 'payload')) return true;
  if (types.some(({ eventType }) => eventType.toLowerCase() === text.toLowerCase())) return true;
  return types.length > 0 && streams.every(({ match }) => match === 'alike');
}
