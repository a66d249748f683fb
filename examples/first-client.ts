import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/root.ts';

// Run it beside `npm start`: npx tsx examples/first-client.ts [http://127.0.0.1:3000]
const url = `${process.argv[2] ?? 'http://127.0.0.1:3000'}/api/trpc`;
const tidemark = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url })] });

const receipt = await tidemark.commands.send.mutate({
  commandType: 'PlaceOrder',
  streamId: `order-${crypto.randomUUID().slice(0, 8)}`,
  data: { customerId: 'ada', lines: [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }] },
});
console.log(`${receipt.streamId} is at version ${receipt.streamVersion}, position ${receipt.globalPosition}`);
console.table(receipt.steps);
