import { createHash } from 'node:crypto';
import { canonicalJson } from '#server/kernel/canonical-json.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { ChainVerdict } from './audit.ts';

/** What a link vouches for. */
export type Linked = Pick<RecordedEvent, 'eventId' | 'eventType' | 'streamVersion' | 'occurredAt' | 'metadata'> & {
  /** With `link.previous`, without `link.hash`. */
  data: JsonObject;
};

type Link = { previous: string | null; hash: string };

/** SHA-256 over the canonical JSON of an event and of the link before it. */
export function linkHash({ eventId, eventType, streamVersion, occurredAt, metadata, data }: Linked): string {
  const text = canonicalJson({ eventId, eventType, streamVersion, occurredAt, metadata: metadata as Json, data });
  return createHash('sha256').update(text).digest('hex');
}

/** Follows a chain over the pages of its stream, and names the first link that does not hold. */
export function createChainCheck() {
  let links = 0;
  let head: string | null = null;
  let broken: ChainVerdict['broken'] = null;

  function check(event: RecordedEvent): void {
    if (broken !== null) return;
    const { link, ...said } = event.data as JsonObject & { link?: Link };
    const fail = (why: string) => {
      broken = { streamVersion: event.streamVersion, globalPosition: event.globalPosition, why };
    };
    if (event.streamVersion !== links + 1) fail(`version ${links + 1} is missing`);
    else if (typeof link?.hash !== 'string') fail('the event has no link');
    else if (link.previous !== head) fail('it does not follow the link before it');
    else if (linkHash({ ...event, data: { ...said, link: { previous: link.previous } } }) !== link.hash) {
      fail('its content is not what was recorded');
    } else {
      links += 1;
      head = link.hash;
    }
  }

  return { check, verdict: (): ChainVerdict => ({ links, head, broken }) };
}
