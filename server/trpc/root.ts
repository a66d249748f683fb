import { router } from './init.ts';
import { accountRouter } from './routers/account.ts';
import { approvalsRouter } from './routers/approvals.ts';
import { auditRouter } from './routers/audit.ts';
import { commandsRouter } from './routers/commands.ts';
import { compareRouter } from './routers/compare.ts';
import { eventsRouter } from './routers/events.ts';
import { exportsRouter } from './routers/exports.ts';
import { gatewayRouter } from './routers/gateway.ts';
import { keysRouter } from './routers/keys.ts';
import { liveRouter } from './routers/live.ts';
import { operatorsRouter } from './routers/operators.ts';
import { parkedRouter } from './routers/parked.ts';
import { privacyRouter } from './routers/privacy.ts';
import { processesRouter } from './routers/processes.ts';
import { projectionsRouter } from './routers/projections.ts';
import { readModelsRouter } from './routers/read-models.ts';
import { searchRouter } from './routers/search.ts';
import { streamsRouter } from './routers/streams.ts';
import { systemRouter } from './routers/system.ts';

/** Every procedure there is. REST is another face of the same. */
export const appRouter = router({
  streams: streamsRouter,
  events: eventsRouter,
  exports: exportsRouter,
  commands: commandsRouter,
  readModels: readModelsRouter,
  search: searchRouter,
  projections: projectionsRouter,
  parked: parkedRouter,
  processes: processesRouter,
  compare: compareRouter,
  live: liveRouter,
  gateway: gatewayRouter,
  audit: auditRouter,
  approvals: approvalsRouter,
  account: accountRouter,
  privacy: privacyRouter,
  operators: operatorsRouter,
  keys: keysRouter,
  system: systemRouter,
});

/** What typed clients import, as a type. */
export type AppRouter = typeof appRouter;
