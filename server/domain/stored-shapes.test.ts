import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRegistry } from '#server/domain/registry.ts';
import { createUpcasting } from '#server/event-store/upcasting.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';

type Shape = Pick<RecordedEvent, 'eventType' | 'schemaVersion' | 'data'>;
/** A stored event, what is made of it today, and the state that it leads to after those given. Files are never changed. */
type Golden = { given: Shape[]; stored: Shape; present: Omit<Shape, 'eventType'>; state: JsonObject };

const FOLDER = fileURLToPath(new URL('../../testing/stored-shapes/', import.meta.url));
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
const registry = createRegistry();
const upcasting = createUpcasting(registry.upcasters);

const recorded = (category: string, shape: Shape): RecordedEvent => ({
  ...shape,
  globalPosition: '1' as Position,
  streamId: parseStreamId(`${category}-1`),
  category,
  streamVersion: 1,
  eventId: '018f3a54-0000-7000-8000-000000000001',
  metadata: {},
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
});

describe('every shape that was ever stored is read and folded as on the day it was written down', () => {
  test.each(files)('%s', (file) => {
    const [category = ''] = file.split('/');
    const { given, stored, present, state } = JSON.parse(readFileSync(FOLDER + file, 'utf8')) as Golden;
    expect(basename(file)).toBe(`${stored.eventType}.v${stored.schemaVersion}.json`);
    const read = (shape: Shape) => upcasting.upcast(recorded(category, shape));
    const event = read(stored);
    expect({ schemaVersion: event.schemaVersion, data: event.data }).toEqual(present);
    expect(event.unreadable).toBeUndefined();
    const folder = registry.folderFor(category);
    expect([...given.map(read), event].reduce(folder.evolve, folder.initialState)).toEqual(state);
  });

  test('each version of a type that has upcasters has its file, the present one too', () => {
    const wanted = registry.upcasters.flatMap(({ category, eventType, fromVersion }) => {
      const present = upcasting.presentVersion(category, eventType);
      return [fromVersion, present].map((version) => `${category}/${eventType}.v${version}.json`);
    });
    expect(wanted.length).toBeGreaterThan(0);
    expect(files).toEqual(expect.arrayContaining(wanted));
  });
});
