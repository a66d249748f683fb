import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/root.ts';
import { authorizationFor } from './authorization.ts';

// Run it beside `npm start`: node --import ./bin/typescript.mjs examples/first-client.ts [http://127.0.0.1:3000]
const address = process.argv[2] ?? 'http://127.0.0.1:3000';
const link = httpBatchLink({ url: `${address}/api/trpc`, headers: authorizationFor(address) });
const tidemark = createTRPCClient<AppRouter>({ links: [link] });

const receipt = await tidemark.commands.send.mutate({
  commandType: 'PlaceOrder',
  streamId: `order-${crypto.randomUUID().slice(0, 8)}`,
  data: { customerId: 'ada', lines: [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }] },
});
console.log(`${receipt.streamId} is at version ${receipt.streamVersion}, position ${receipt.globalPosition}`);
console.table(receipt.steps);
