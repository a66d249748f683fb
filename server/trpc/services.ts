import type { Alerts } from '#server/alerts/alerts.ts';
import type { Audit } from '#server/audit/audit.ts';
import type { CommandBus } from '#server/command-bus/command-bus.ts';
import type { Compare } from '#server/compare/compare.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Explorer } from '#server/explorer/explorer.ts';
import type { Approvals } from '#server/gateway/approvals.ts';
import type { Gateway } from '#server/gateway/gateway.ts';
import type { ServiceRoutes } from '#server/gateway/service-routes.ts';
import type { Identity } from '#server/identity/identity.ts';
import type { EventExport } from '#server/import-export/event-export.ts';
import type { KeptExports } from '#server/import-export/kept-exports.ts';
import type { Privacy } from '#server/privacy/privacy.ts';
import type { Processes } from '#server/processes/processes.ts';
import type { Inspection } from '#server/projections/inspection.ts';
import type { Operations } from '#server/projections/operations.ts';
import type { ProjectionsStatus } from '#server/projections/status.ts';
import type { PulseSource } from '#server/pulse/pulse.ts';

/** What procedures work with. `server/runtime.ts` puts it together. */
export type Services = {
  eventStore: EventStore;
  commandBus: CommandBus;
  explorer: Explorer;
  exportEvents: EventExport;
  exports: KeptExports;
  projections: { status(): Promise<ProjectionsStatus> };
  operations: Operations;
  inspection: Inspection;
  compare: Compare;
  pulse: PulseSource;
  alerts: Alerts;
  processes: Processes;
  gateway: Gateway;
  serviceRoutes: ServiceRoutes;
  audit: Audit;
  approvals: Approvals;
  identity: Identity;
  privacy: Privacy;
  system: {
    /** Where this process serves from, for the top bar: "local · embedded Postgres". */
    info(): { environment: string; database: string; schema: string; version: string };
    ready(): Promise<{ ready: boolean; checks: { name: string; ok: boolean; detail: string }[] }>;
  };
  /** Fires when the process begins to stop: every subscription ends on it. */
  shutdown: AbortSignal;
};
