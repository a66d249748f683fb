import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { expect, test } from 'vitest';
import type { AppRouter } from '#server/trpc/root.ts';
import { signedOutLink } from './signed-out-link.ts';

/** Counts how often the page leaves, with a server that answers every call by an error. */
function clientOf(code: string | null, signedOut = true) {
  let left = 0;
  const server: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      const coded = { error: { code: -32001, message: 'no', data: { code } } };
      observer.error(TRPCClientError.from((code === null ? new Error('gone') : coded) as unknown as Error));
    });
  const leave = () => {
    left += 1;
  };
  const link = signedOutLink(leave, async () => signedOut);
  return { client: createTRPCClient<AppRouter>({ links: [link, server] }), left: () => left };
}

const follow = (client: ReturnType<typeof clientOf>['client']) =>
  new Promise((resolve) => client.live.pulse.subscribe(undefined, { onError: resolve }));

test('a call that is answered “nobody is signed in” leaves for the page that signs in, and fails as before', async () => {
  const { client, left } = clientOf('unauthenticated');
  await expect(client.system.info.query()).rejects.toThrow('no');
  expect(left()).toBe(1);
});

test('a stream that the server ends for that leaves too', async () => {
  const { client, left } = clientOf('unauthenticated');
  await follow(client);
  expect(left()).toBe(1);
});

test('a stream that is refused without a word leaves only where nobody is signed in', async () => {
  for (const signedOut of [true, false]) {
    const { client, left } = clientOf(null, signedOut);
    await follow(client);
    await Promise.resolve();
    expect(left()).toBe(signedOut ? 1 : 0);
  }
});

test('other refusals, and a server that is away, leave the page where it is', async () => {
  for (const code of ['permission-denied', 'sign-in-failed', 'database-unavailable', null]) {
    const { client, left } = clientOf(code);
    await expect(client.system.info.query()).rejects.toThrow();
    expect(left()).toBe(0);
  }
});
