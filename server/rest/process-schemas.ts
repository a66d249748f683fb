import { z } from 'zod';
import { position, time } from './parts.ts';

/** Answers about process managers. */
export const processResponses = {
  ProcessManagers: z.object({
    managers: z.array(
      z.object({
        name: z.string(),
        checkpoint: position,
        worker: z.object({ processId: z.int(), host: z.string(), leasedSeconds: z.number() }).nullable(),
        movedAt: time,
        fault: z.string().nullable(),
        processes: z.int(),
        failing: z.int(),
        timers: z.int(),
        timersDue: z.int(),
      }),
    ),
  }),
  Processes: z.object({
    processes: z.array(
      z.object({
        streamId: z.string(),
        manager: z.string(),
        startedAt: time,
        lastEventType: z.string().nullable(),
        lastAt: time.nullable(),
        streamVersion: z.int(),
        fault: z.string().nullable(),
        timers: z.array(z.object({ name: z.string(), dueAt: time })),
      }),
    ),
    nextAfter: z.string().nullable(),
  }),
} as const;
