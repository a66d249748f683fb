import type { Database } from '#db/database.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import { isRedacted, isSealed, type PrivateField, REDACTED, type Redaction } from '#server/kernel/private-fields.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { createMaskedNames } from './masked-names.ts';
import type { EventPrivacy, Privacy } from './privacy.ts';
import { redact, redactRadius } from './redact.ts';
import { subjectSecrets } from './seal.ts';
import { createSealing } from './sealing.ts';
import { sealedIn, show } from './show.ts';
import { createSubjectKeys } from './subject-keys.ts';

/** Sealing alone, for programs that write or export without the rest. */
export function createSealer(database: Database, options: { registry: Registry; secret: string }) {
  const keys = createSubjectKeys(database, subjectSecrets(options.secret));
  return {
    seal: createSealing(keys, (category) => options.registry.privateFields(category)),
    opened: async <Answer>(answer: Answer) => show(keys, answer, { how: 'opened', names: new Set() }),
  };
}

/** Masking, sealing, redaction and forgetting over one store. */
export function createPrivacy(parts: {
  database: Database;
  eventStore: EventStore;
  registry: Registry;
  projections: readonly Projection[];
  secret: string;
  /** Called after an event of a stream was redacted, so that no state of it is kept in memory. */
  onRedacted(streamId: StreamId): void;
}): Privacy {
  const { database, eventStore, registry } = parts;
  const keys = createSubjectKeys(database, subjectSecrets(parts.secret));
  const marked = registry.privateCategories().flatMap((category) => registry.privateFields(category));
  const masked = createMaskedNames(
    database,
    marked.map(({ name }) => name),
  );

  return {
    seal: createSealing(keys, (category) => registry.privateFields(category)),
    shown(answer, how) {
      const names = masked.known();
      return names === undefined
        ? masked.names().then((read) => show(keys, answer, { how, names: read }))
        : show(keys, answer, { how, names });
    },
    maskedNames: masked.names,
    async fields() {
      const ofSchemas = registry
        .privateCategories()
        .flatMap((category) =>
          registry.privateFields(category).map(({ name, subject }) => ({ name, category, sealedFor: subject })),
        );
      const added = (await masked.added()).map((name) => ({ name, category: null, sealedFor: null }));
      return { fields: [...ofSchemas, ...added] };
    },
    setMaskedFields: masked.set,

    async about(globalPosition) {
      const event = await eventStore.readEvent(globalPosition);
      if (event === undefined) {
        throw new TidemarkError('event-not-found', `no event stands at position ${globalPosition}`, { globalPosition });
      }
      const { streamId, eventType, category, data } = event;
      const known = await keys.byId([...sealedIn(data)]);
      const gone = new Set([...known].filter(([, key]) => key === null).map(([keyId]) => keyId));
      const names = Object.keys(data);
      const sealed = names.filter((name) => isSealed(data[name]));
      const forgotten = sealed.filter((name) => [...sealedIn(data[name])].some((keyId) => gone.has(keyId)));
      const hidden = await masked.names();
      return {
        globalPosition,
        streamId,
        eventType,
        masked: isRedacted(data) ? [] : names.filter((name) => hidden.has(name) || isSealed(data[name])),
        sealed,
        forgotten,
        subject: subjectOf(registry.privateFields(category), sealed, data),
        redacted: isRedacted(data) ? (data[REDACTED] as unknown as Redaction) : null,
      } satisfies EventPrivacy;
    },

    redactRadius: (globalPosition: Position) => redactRadius(parts, globalPosition),
    async redact(request) {
      const done = await redact(parts, request);
      parts.onRedacted(done.streamId as StreamId);
      return done;
    },

    forgetRadius: (subject) => keys.radius(subject),
    async forget(subject) {
      const destroyed = await keys.destroy(subject);
      if (destroyed === 0)
        throw new TidemarkError('not-found', 'nothing is sealed for this person', { field: 'subject' });
      return { keys: destroyed };
    },
  };
}

function subjectOf(fields: readonly PrivateField[], sealed: readonly string[], data: EventLike): string | null {
  const field = fields.find(({ name, subject }) => subject !== null && sealed.includes(name));
  const subject = field?.subject === undefined || field.subject === null ? undefined : data[field.subject];
  return typeof subject === 'string' ? subject : null;
}

type EventLike = Readonly<Record<string, unknown>>;
