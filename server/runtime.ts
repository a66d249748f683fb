import { readFileSync } from 'node:fs';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { openStore } from '#db/open-store.ts';
import { createAlerts } from './alerts/alert-log.ts';
import { deliverWebhooks, type WebhookSettings } from './alerts/deliver-webhooks.ts';
import { watchObjectives } from './alerts/watch-objectives.ts';
import { createAudit } from './audit/create-audit.ts';
import { type Candidates, NO_CANDIDATES } from './candidates.ts';
import { createCommandBus } from './command-bus/create-command-bus.ts';
import { createCompare } from './compare/create-compare.ts';
import { createReadRecorder } from './compare/performance/record-reads.ts';
import { createReadSplitter } from './compare/split/split-readers.ts';
import { createComparerParts } from './comparison.ts';
import { createRegistry } from './domain/registry.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createUpcasting } from './event-store/upcasting.ts';
import { createExplorer } from './explorer/create-explorer.ts';
import { createApprovals } from './gateway/create-approvals.ts';
import { createGateway } from './gateway/create-gateway.ts';
import { createServiceRoutes } from './gateway/create-service-routes.ts';
import { createIdentity } from './identity/create-identity.ts';
import { createEventExport } from './import-export/create-event-export.ts';
import { createKeptExports } from './import-export/create-kept-exports.ts';
import { systemClock } from './kernel/clock.ts';
import { SYSTEM_CATEGORIES } from './kernel/system-categories.ts';
import { createPrivacy } from './privacy/create-privacy.ts';
import { openServerSecret } from './privacy/server-secret.ts';
import { createProcesses } from './processes/list-processes.ts';
import { projections as shipped } from './projections/definitions/index.ts';
import { createAcknowledgements } from './projections/engine/acknowledgements.ts';
import { createInspection } from './projections/engine/create-inspection.ts';
import { createOperations } from './projections/engine/create-operations.ts';
import { createSmoothedRate } from './projections/engine/rates.ts';
import { createStatusReader } from './projections/engine/read-status.ts';
import { registerProjections } from './projections/engine/register.ts';
import { createPulse } from './pulse/create-pulse.ts';
import type { Pulse, PulseSource } from './pulse/pulse.ts';
import type { Services } from './trpc/services.ts';

export type Runtime = { services: Services; database: Database; close(): Promise<void> };

export type RuntimeOptions = {
  url: string;
  schema: string;
  embedded: boolean;
  /** At least 32 characters, the same to every process: the server's own is kept under it. */
  secret: string;
  /** As it was before it was changed. */
  previousSecret?: string | undefined;
  workerState(): Pulse['worker'];
  /** Raises alerts, and tells the webhook of them where there is one; not set: nobody watches the objectives. */
  alerts?: { webhook: WebhookSettings | undefined };
  /** Code that is to be compared with what is shipped. */
  candidates?: Candidates;
  /** Sign-in; `firstDelayMs` follows too many tries, `mayPutOff` allows to do without a second factor for now. */
  identity?: { publicUrl: string | undefined; firstDelayMs: number; mayPutOff: boolean };
  /** Fires when the process begins to stop. */
  shutdown: AbortSignal;
};

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Puts the parts of the web process together on a migrated database. */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { url, schema, embedded, workerState, shutdown, candidates = NO_CANDIDATES } = options;
  const projections = [...shipped, ...candidates.projections];
  const database = await openStore({ url, schema, applicationName: 'tidemark-web', connectionsMax: 12 });
  const secret = await openServerSecret(database, { secret: options.secret, previous: options.previousSecret });
  await registerProjections(database, projections);
  // Sampling has a connection of its own, so that a busy pool does not make the console blind.
  const sampling = connectDatabase({ url, schema, applicationName: 'tidemark-pulse', connectionsMax: 2 });
  const registry = createRegistry();
  const eventStore = createPostgresEventStore(database, createUpcasting(registry.upcasters));
  const samplingStore = createPostgresEventStore(sampling);
  const acknowledgements = createAcknowledgements(database);
  const privacy = createPrivacy({
    database,
    eventStore,
    registry,
    projections,
    secret,
    onRedacted: (streamId) => commandBus.forget(streamId),
  });
  const commandBus = createCommandBus({
    database,
    store: eventStore,
    registry,
    acknowledgements,
    clock: systemClock,
    seal: privacy.seal,
  });
  const readStatus = createStatusReader(sampling, samplingStore);
  const pulse = createPulse({
    database: sampling,
    embedded,
    ownCategories: [...SYSTEM_CATEGORIES],
    readStatus,
    workerState,
    smoothedRate: createSmoothedRate,
  });
  const watching = options.alerts ? startAlerts(database, pulse, options.alerts.webhook) : [];

  const operations = createOperations({ database, eventStore, projections });
  const reads = createReadRecorder(database);
  const comparer = createComparerParts({
    database,
    eventStore,
    commandBus,
    registry,
    projections,
    candidates,
    status: readStatus,
  });

  const splitter = createReadSplitter({ database, commandBus, log: comparer.splitLog });
  await splitter.refresh();

  const explorer = createExplorer({
    database,
    eventStore,
    registry,
    acknowledgements,
    onRead: reads.record,
    routing: splitter,
  });
  const identity = createIdentity({
    database,
    eventStore,
    clock: systemClock,
    secret,
    ...(options.identity ?? { publicUrl: undefined, firstDelayMs: 2000, mayPutOff: true }),
  });

  const keptExports = createKeptExports(database);
  const services: Services = {
    eventStore,
    commandBus,
    explorer,
    exportEvents: createEventExport(explorer),
    exports: keptExports,
    projections: { status: readStatus },
    operations,
    inspection: createInspection({ database, eventStore, projections }),
    compare: createCompare({ ...comparer, operations, splitter }),
    pulse,
    alerts: createAlerts(database),
    processes: createProcesses(database),
    gateway: createGateway(database),
    serviceRoutes: createServiceRoutes(database, { secret }),
    audit: createAudit(database, eventStore),
    approvals: createApprovals(database),
    identity,
    privacy,
    system: {
      info: () => ({
        environment: embedded ? 'local' : 'server',
        database: embedded ? 'embedded Postgres' : databaseNameOf(url),
        schema,
        version,
      }),
      ready: () => readiness(database, pulse.current),
    },
    shutdown,
  };
  return {
    services,
    database,
    async close() {
      await keptExports.stop();
      await splitter.stop();
      await commandBus.close();
      await reads.stop();
      await Promise.all([pulse.stop(), ...watching.map((one) => one.stop())]);
      await acknowledgements.stop();
      await eventStore.close();
      await samplingStore.close();
      await Promise.all([sampling.close(), database.close()]);
    },
  };
}

function startAlerts(database: Database, pulse: PulseSource, webhook: WebhookSettings | undefined) {
  const watcher = watchObjectives({ database, watch: pulse.watch, webhookUrl: webhook?.url });
  return webhook === undefined ? [watcher] : [watcher, deliverWebhooks(database, webhook)];
}

function databaseNameOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  return `${pathname.slice(1)}@${hostname}`;
}

/** Ready: the database answers, and a worker holds every projection that receipts wait for. */
async function readiness(database: Database, pulse: () => Promise<Pulse>) {
  const answers = await database.query('select 1', [], { deadlineMs: 2000 }).then(
    () => true,
    () => false,
  );
  const status = answers ? (await pulse()).projections.projections : [];
  const unheld = status
    .filter(({ acknowledges, lag }) => acknowledges && (lag.cause === 'no_worker' || lag.cause === 'lease_lost'))
    .map((one) => one.name);
  const checks = [
    { name: 'database', ok: answers, detail: answers ? 'answers' : 'does not answer' },
    {
      name: 'projections',
      ok: answers && unheld.length === 0,
      detail: unheld.length > 0 ? `no worker for ${unheld.join(', ')}` : answers ? 'move' : 'unknown',
    },
  ];
  return { ready: checks.every((check) => check.ok), checks };
}
