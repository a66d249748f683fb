import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { afterEach, describe, expect, test } from 'vitest';
import type { AppRouter } from '#server/trpc/root.ts';
import { answerStepUp, stepUpLink } from './step-up-link.ts';

let sent = 0;
let leave = () => {};

/** A server that refuses until the second factor was shown. */
function clientOf(refuses: () => string | null) {
  const server: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      sent += 1;
      const code = refuses();
      if (code === null) {
        observer.next({ result: { type: 'data', data: { acts: [] } } });
        observer.complete();
      } else {
        const error = { error: { code: -32603, message: code, data: { code } } };
        observer.error(TRPCClientError.from(error as unknown as Error));
      }
    });
  return createTRPCClient<AppRouter>({ links: [stepUpLink, server] });
}

const act = { acts: [], reason: 'a test of it' };

afterEach(() => {
  leave();
  sent = 0;
});

describe('an act that is refused for want of a fresh second factor', () => {
  test('is sent again once it was shown', async () => {
    let shown = false;
    leave = answerStepUp(async () => {
      shown = true;
      return true;
    });
    const client = clientOf(() => (shown ? null : 'step-up-required'));
    expect(await client.approvals.setRules.mutate(act)).toEqual({ acts: [] });
    expect(sent).toBe(2);
  });

  test('fails as it was refused where it is not shown, and is asked for once only', async () => {
    leave = answerStepUp(async () => false);
    await expect(clientOf(() => 'step-up-required').approvals.setRules.mutate(act)).rejects.toThrow('step-up-required');
    expect(sent).toBe(1);
    leave = answerStepUp(async () => true);
    await expect(clientOf(() => 'step-up-required').approvals.setRules.mutate(act)).rejects.toThrow('step-up-required');
    expect(sent).toBe(3);
  });

  test('asks for nothing where a query or another refusal fails', async () => {
    let asked = 0;
    leave = answerStepUp(async () => {
      asked += 1;
      return true;
    });
    await expect(clientOf(() => 'permission-denied').approvals.setRules.mutate(act)).rejects.toThrow();
    await expect(clientOf(() => 'step-up-required').approvals.rules.query()).rejects.toThrow();
    expect(asked).toBe(0);
  });
});
