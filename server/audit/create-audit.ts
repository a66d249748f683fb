import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { appendLink } from './append-link.ts';
import { AUDIT_STREAM, type Audit } from './audit.ts';
import { createChainCheck } from './chain.ts';
import { listEntries } from './list-entries.ts';

const PAGE = 1000;

/** The audit of one store, in the stream `audit-operators`. */
export function createAudit(database: Database, eventStore: Pick<EventStore, 'readStream'>): Audit {
  return {
    async begin({ caller, act, reason, input, from, requestId, approvedBy }) {
      const actId = randomUUID();
      const startedAt = performance.now();
      const metadata = { actor: caller.name, correlationId: requestId };
      const { kind, id, name, role } = caller;
      await appendLink(database, {
        eventType: 'ActBegun',
        metadata,
        data: {
          actId,
          act,
          who: { kind, id, name, role, sessionId: caller.sessionId ?? null },
          reason,
          input,
          from: { address: from.address, userAgent: from.userAgent ?? null },
          requestId,
          steppedUpAt: caller.steppedUpAt ?? null,
          approvedBy: approvedBy ?? null,
        },
      });
      return {
        async end(outcome, { code, result = {} }) {
          const durationMs = Math.round(performance.now() - startedAt);
          const data = { actId, act, outcome, code: code ?? null, result, durationMs };
          await appendLink(database, { eventType: 'ActEnded', metadata, data });
        },
      };
    },
    list: (query) => listEntries(database, query),
    async verify() {
      const chain = createChainCheck();
      for (let after = 0; ; ) {
        const page = await eventStore.readStream(AUDIT_STREAM as StreamId, { after, limit: PAGE });
        for (const event of page.events) chain.check(event);
        const verdict = chain.verdict();
        if (verdict.broken !== null || page.nextAfter === null) return verdict;
        after = page.nextAfter;
      }
    },
  };
}
