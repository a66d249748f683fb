/** What an event does to its stream, as far as the name of its type tells. */
export type GlyphKind = 'opens' | 'step' | 'ends' | 'undoes' | 'failed';

export type EventHue = 50 | 100 | 130 | 165 | 200 | 255 | 310 | 350;

/** Of equal lightness and none near red, which is kept for failures. */
export const EVENT_HUES: readonly EventHue[] = [50, 100, 130, 165, 200, 255, 310, 350];

const WORDS: readonly [GlyphKind, ReadonlySet<string>][] = [
  ['failed', words('failed crashed faulted parked errored')],
  [
    'undoes',
    words(
      'cancelled canceled returned refunded declined released reversed revoked rejected refused removed deleted withdrawn expired voided undone reopened disabled rolledback',
    ),
  ],
  [
    'ends',
    words('delivered captured completed closed dispatched settled finished fulfilled resolved archived paid promoted'),
  ],
  [
    'opens',
    words(
      'placed opened created added registered authorized authorised received started initiated requested submitted drafted introduced',
    ),
  ],
];

/** The kind of a type by the last verb in its name: `OrderPlaced` opens, `FileDeleted` undoes; unknown ones are steps. */
export function glyphKind(eventType: string): GlyphKind {
  const parts = eventType.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  for (const part of parts.reverse()) {
    const word = part.toLowerCase();
    const found = WORDS.find(([, list]) => list.has(word));
    if (found !== undefined) return found[0];
  }
  return 'step';
}

/** FNV-1a begins at this number because with it no two event types of an order, a stock or a payment share a hue. */
const SEED = 3_976_366;

/** The hue of an event type or a category: the same on every page, in every session, on every machine. */
export function eventHue(name: string): EventHue {
  return EVENT_HUES[hash(name) % EVENT_HUES.length] ?? 255;
}

/**
 * Hues for names, each its own, as long as there are eight at most. A name whose hue is taken gets the next free one.
 * Those that stand first choose first: a name that is added at the end changes no other's.
 */
export function distinctHues(names: readonly string[]): Map<string, EventHue> {
  const taken = new Set<EventHue>();
  const chosen = new Map<string, EventHue>();
  for (const name of new Set(names)) {
    const first = hash(name) % EVENT_HUES.length;
    const candidates = EVENT_HUES.map((_, step) => EVENT_HUES[(first + step) % EVENT_HUES.length] ?? 255);
    const hue = candidates.find((candidate) => !taken.has(candidate)) ?? eventHue(name);
    taken.add(hue);
    chosen.set(name, hue);
  }
  return chosen;
}

/** The colour of a hue as CSS, in whichever theme is on. */
export function hueColor(hue: EventHue): string {
  return `var(--event-${hue})`;
}

function hash(text: string): number {
  let value = SEED;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 12)) >>> 0;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
