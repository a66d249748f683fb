import { z } from 'zod';
import { APPEND_EVENTS_MAX, PAGE_EVENTS_MAX } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { EventMetadata } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { parsePosition } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';

/** The kernel's parser as a zod type, so that a type has one place where it is parsed. */
function parsedBy<Out>(parse: (value: string) => Out, example: string) {
  return z
    .string()
    .transform((value, context): Out => {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof TidemarkError)) throw error;
        context.addIssue({ code: 'custom', message: error.message.replace(/^\S+ /, '') });
        return z.NEVER;
      }
    })
    .meta({ examples: [example] });
}

export const streamId = parsedBy((value) => parseStreamId(value), 'order-7f3');
export const position = parsedBy((value) => parsePosition(value), '123');
export const limit = z.int().min(1).max(PAGE_EVENTS_MAX).default(100);
export const version = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const time = z.iso
  .datetime({ offset: true, message: 'must be a time in ISO 8601 with an offset, such as 2026-11-24T10:00:00Z' })
  .meta({ examples: ['2026-11-24T10:00:00Z'] });
export const direction = z.enum(['forward', 'backward']).default('forward');

/** A name that stands in a column: a category, an event type, a command type. */
export const name = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z][A-Za-z0-9_.:-]*$/, {
    message: 'must begin with a letter and have only letters, digits and _ . : -',
  });

/** One name, or several with commas between them, as a query string can carry them. */
export const names = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value.split(',') : value))
  .pipe(z.array(name).max(64));

/** Why an act is done; it stands in the event that tells of it. */
export const reason = z.string().trim().min(3, 'must say why, in at least 3 characters').max(500);

export const jsonObject = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;

export const expectedVersion = z.union([version, z.enum(['any', 'no_stream', 'stream_exists'])]);

const newEvent = z.strictObject({
  eventId: z.uuid().optional(),
  eventType: name,
  schemaVersion: z.int().min(1).max(32_767).optional(),
  data: jsonObject,
  metadata: (jsonObject as z.ZodType<EventMetadata>).optional(),
  occurredAt: time.optional(),
});

export const appendInput = z.strictObject({
  streamId,
  expectedVersion,
  events: z.array(newEvent).min(1).max(APPEND_EVENTS_MAX),
});

/** Refuses a range that ends before it begins; the message names `from`. */
export function rangeInOrder(value: { from?: string; to?: string }, context: z.RefinementCtx) {
  if (value.from !== undefined && value.to !== undefined && Date.parse(value.from) > Date.parse(value.to)) {
    context.addIssue({ code: 'custom', path: ['from'], message: 'must not be later than to' });
  }
}

export const filter = {
  category: names.optional(),
  eventType: names.optional(),
  streamId: streamId.optional(),
  correlationId: z.string().min(1).max(256).optional(),
  actor: z.string().min(1).max(256).optional(),
  from: time.optional(),
  to: time.optional(),
  firstPosition: position.optional(),
  lastPosition: position.optional(),
  q: z.string().min(1).max(200).optional().meta({ description: 'Words that all stand in the payload' }),
  where: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .meta({
      description: 'A condition on the payload',
      examples: ['data.total.amount > 10000 and data.status = "placed"'],
    }),
};

export const payloadBytesMax = z
  .int()
  .min(100)
  .max(10_000_000)
  .optional()
  .meta({ description: 'A larger payload comes as a preview, and dataBytes says how large the whole of it is' });

/** Who reads, where the readers of a read model are split between two versions. */
export const reader = z
  .string()
  .min(1)
  .max(128)
  .meta({ description: 'Who reads, where a program asks for many: the caller where it is missing' });
