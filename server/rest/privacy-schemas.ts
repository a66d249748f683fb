import { z } from 'zod';
import { position, time } from './parts.ts';

export const privacyResponses = {
  PrivateFields: z.object({
    fields: z.array(
      z.object({
        name: z.string(),
        category: z.string().nullable().meta({ description: 'Null for one that was added in the settings' }),
        sealedFor: z.string().nullable().meta({ description: 'The field that names the person' }),
      }),
    ),
  }),
  EventPrivacy: z.object({
    globalPosition: position,
    streamId: z.string(),
    eventType: z.string(),
    masked: z.array(z.string()),
    sealed: z.array(z.string()),
    forgotten: z.array(z.string()),
    subject: z.string().nullable(),
    redacted: z.object({ reason: z.string(), actor: z.string(), at: time }).nullable(),
  }),
  Redacted: z.object({
    globalPosition: position,
    streamId: z.string(),
    eventType: z.string(),
    commands: z.int(),
    snapshots: z.int(),
    rows: z.array(z.object({ name: z.string(), version: z.int() })),
    notRemade: z.array(z.string()),
  }),
  Forgotten: z.object({ keys: z.int() }),
};
