import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from '#server/trpc/context.ts';
import { fromZodError } from '#server/trpc/errors.ts';
import { answer } from './answer.ts';

const REQUESTS_MAX = 10;
const PART_MS_MAX = 10_000;

const batch = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        method: z.literal('GET'),
        path: z.string().startsWith('/').max(4096),
      }),
    )
    .min(1)
    .max(REQUESTS_MAX),
});

/** Answers several requests side by side, each with its own status and deadline: one that fails spoils no other. */
export async function answerBatch(body: unknown, context: Context) {
  const parsed = batch.safeParse(body);
  if (!parsed.success) throw fromZodError(parsed.error);
  const responses = await Promise.all(
    parsed.data.requests.map(async ({ id, method, path }) => {
      const url = new URL(path.replace(/^\/api\/v1(?=\/)/, ''), 'http://batch');
      const signal = AbortSignal.timeout(PART_MS_MAX);
      const part = answer(
        { method, path: url.pathname, query: url.searchParams, body: undefined },
        { ...context, signal },
      );
      const late = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () =>
          reject(new TidemarkError('deadline-exceeded', 'this part took too long')),
        );
      });
      const result = await Promise.race([part, late]).catch(() => ({ status: 504, body: null }));
      return { id, status: result.status, body: result.body };
    }),
  );
  return { responses };
}
